"""How pages that are no articles call themselves in the languages beyond those of ``kinds.HEADINGS``; its rows."""

from __future__ import annotations

MISSING = (
    r"(?:.{0,20} )?(?:הדף|העמוד|הכתבה|הכתובת)(?: .{0,20})? (?:לא נמצאה?|אינה? קיימ\w+|לא קיימ\w+).{0,20}",
    r"(?:.{0,20} )?(?:صفحه|مطلب|خبر)(?: .{0,20})? (?:یافت نشد|پیدا نشد|وجود ندارد).{0,20}",
    r"(?:.{0,20} )?(?:لم يتم العثور على|تعذر العثور على) (?:الصفحة|المقال).{0,20}",
    r"الصفحة (?:المطلوبة )?غير متوفرة.{0,20}",
    r"(?:.{0,20} )?(?:पृष्ठ|पेज|खबर|लेख)(?: .{0,20})? (?:नहीं मिल\w*|मौजूद नहीं.{0,6}|उपलब्ध नहीं.{0,6})",
    r"(?:.{0,20} )?(?:পৃষ্ঠা|পাতা|পেজ)\w*(?: .{0,20})? (?:পাওয়া যায়নি|খুঁজে পাওয়া যায়নি)",
    r".{0,10}ไม่พบ(?:หน้า|เนื้อหา|ข่าว|บทความ).{0,30}|.{0,20}பக்கம் .{0,15}கிடைக்கவில்லை|.{0,20}صفحہ نہیں ملا",
    r"(?:.{0,20} )?(?:không tìm thấy|không tồn tại)(?: .{0,20})? (?:trang|bài viết).{0,30}",
    r"(?:trang|bài viết)(?: .{0,20})? không (?:tồn tại|tìm thấy).{0,20}",
    r"(?:.{0,20} )?(?:halaman|berita|artikel)(?: .{0,25})? (?:tidak (?:ditemukan|tersedia|ada|dijumpai)).{0,20}",
    r"(?:.{0,20} )?(?:страница|статия)(?:та)?(?: .{0,20})? не (?:е намерена|съществува|беше открита).{0,20}",
    r"(?:stranica|članak)(?: .{0,20})? (?:nije pronađena?|ne postoji).{0,20}",
    r"(?:страница|чланак)(?: .{0,20})? (?:није пронађена?|не постоји).{0,20}",
    r"lapa nav atrasta|puslapis nerastas|lehekülge ei leitud|strani ni (?:bilo )?mogoče najti|ukurasa haukupatikana",
    r"გვერდი (?:ვერ|არ) .{0,20}|էջը (?:չի|չկա).{0,20}",
)
"""A story that is gone."""

ABOUT = (
    r"contacto|contáctanos|cont[aá]ctenos|redacción|publicidad|fale conosco|contato|expediente|anuncie|publicidade",
    r"о (?:нас|проекте|сайте|компании)|контакты|про нас|контакти|редакция|политика конфиденциальности|реклама",
    r"hakkımızda|iletişim|künye|gizlilik politikası|σχετικά με εμάς|επικοινωνία|όροι χρήσης|ταυτότητα",
    r"kapcsolat|impresszum|rólunk|kontakty|o nás|redakce|despre noi|om oss|om os|kontakta? oss|yhteystiedot",
    r"من نحن|اتصل بنا|سياسة الخصوصية|شروط الاستخدام|درباره ما|تماس با ما|אודות|צור קשר|תנאי שימוש",
    r"हमारे बारे में|(?:हमसे )?संपर्क करें|আমাদের সম্পর্কে|যোগাযোগ|ติดต่อเรา|เกี่ยวกับเรา|liên hệ|về chúng tôi",
    r"tentang kami|hubungi kami|redaksi|pedoman media siber|お問い合わせ|会社概要|運営会社|プライバシーポリシー",
    r"利用規約|关于我们|關於我們|联系我们|聯絡我們|联系方式|隐私政策|회사소개|개인정보처리방침|이용약관|문의하기",
)
"""The house itself: contact, imprint, terms."""
