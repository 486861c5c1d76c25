const form = document.querySelector("form");
if (form) {
  const [input, select, output] = form.querySelectorAll("input, select, output");
  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...document.querySelectorAll(".stories li")].map(row => [row, plain(row.textContent), row.dataset.s]);
  const filter = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [row, text, source] of rows) {
      const fits = (!select.value || source === select.value) && words.every(word => text.includes(word));
      row.hidden = !fits;
      shown += fits;
    }
    output.textContent = `${shown} of ${rows.length} stories`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", event => event.preventDefault());
  if (input.value || select.value) filter();
}
