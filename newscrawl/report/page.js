const form = document.querySelector("form");
if (form) {
  const [input, source, time] = form.querySelectorAll("input, select");
  const output = form.querySelector("output");
  const bars = [...document.querySelectorAll(".timeline g")];
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...document.querySelectorAll(".stories li")].map(row => ({row, text: plain(row.textContent), at: row.firstChild.textContent}));
  const filter = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const {row, text, at} of rows) {
      const fits = (!source.value || row.dataset.s === source.value) && at.startsWith(time.value) && words.every(word => text.includes(word));
      if (row.hidden === fits) row.hidden = !fits;
      shown += fits;
    }
    for (const bar of bars) bar.classList.toggle("chosen", bar.dataset.t === time.value);
    output.textContent = `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} stories`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", event => event.preventDefault());
  document.querySelector(".timeline")?.classList.add("live");
  for (const bar of bars)
    bar.addEventListener("click", () => {
      time.value = time.value === bar.dataset.t ? "" : bar.dataset.t;
      filter();
    });
  document.addEventListener("keydown", event => {
    if (event.key === "/" && !event.target.matches("input, select")) {
      event.preventDefault();
      input.focus();
    }
  });
  if (input.value || source.value || time.value) filter();
}
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(part => (part.open = true)));
