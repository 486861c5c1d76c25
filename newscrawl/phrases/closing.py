"""What a publisher writes below a story in its own name: rights, channels to follow, calls for tips. A row a language.

The words alone cut nothing: ``extraction.closing`` asks that the line stands at the very end as well.
"""

from __future__ import annotations

import re

RIGHTS = re.compile(
    r"""[©ⓒ]|\(c\)\s*\d{4}|copyright\s*(?:©|\d{4})|all\s+rights\s+reserved|alle\s+rechte\s+vorbehalten
    |tous\s+droits\s+réservés|todos\s+(?:los\s+derechos|os\s+direitos)\s+reservados|riproduzione\s+riservata
    |tutti\s+i\s+diritti\s+riservati|wszelkie\s+prawa\s+zastrzeżone|tüm\s+hakları\s+saklıdır|все\s+права\s+защищены
    |всі\s+права\s+захищено|με\s+επιφύλαξη\s+παντός|جميع\s+الحقوق\s+محفوظة|تمامی?\s+حقوق|सर्वाधिकार\s+सुरक्षित
    |版权(?:所有|归)|版權(?:所有|屬)|未经.{0,12}(?:授权|许可|允许)|未經.{0,12}(?:授權|許可)|(?:特别|免责|郑重)声明|the\s+content\s+above\b.{0,60}\b(?:uploaded|posted)|無断(?:転載|複製|使用)
    |무단\s?(?:전재|복제)|저작권자|재배포\s?금지|สงวนลิขสิทธิ์|bản\s+quyền\s+thuộc""",
    re.I | re.X,
)

CHANNELS = re.compile(
    r"""follow\s+us|subscribe\s+(?:to|now|for)|sign\s+up\s+(?:for|to)|join\s+(?:our|us\s+on)
    |folgen\s+sie\s+uns|abonnieren\s+sie|folgt?\s+uns|(?:suivez|abonnez|inscrivez|rejoignez)-(?:nous|vous)|síguenos|suscríb\w+
    |siga(?:-nos|\s+o\s+canal|\s+a\s+gente)|inscreva-se|receba\s+as|acompanhe\s+(?:a|o|nos)|seguici|iscriviti
    |(?:obserwuj|polub|śledź)\s+nas|zapisz\s+się|dołącz\s+do\s+nas|takip\s+ed(?:in|ebilirsiniz)|abone\s+ol|volg\s+ons
    |подпи(?:сывайтесь|шитесь)|читайте\s+нас|підпи(?:суйтесь|шіться)|ακολουθήστε|تابعوا|تابعونا|تابعنا|اشترك(?:وا)?\s|انضموا
    |ما\s+را\s+در|फॉलो\s+करें|सब्सक्राइब|से\s+जुड़ें|जुड़ने\s+के\s+लिए|অনুসরণ\s+করুন|பின்தொடர|ติดตาม(?:เรา|ข่าว)|theo\s+dõi\s+(?:chúng|báo)
    |关注(?:我们|我們|本报|官方|微信|公众号)|關注(?:我們|官方)|扫一扫|扫描.{0,6}二维码|长按.{0,8}二维码|加载更多|点击.{0,6}(?:关注|下载)
    |フォロー(?:する|して|お願い)|(?:友だち|友達)追加|会員登録|メルマガ|구독하기|팔로우|채널\s?추가|뉴스레터""",
    re.I | re.X,
)

TIPS = re.compile(
    r"""(?:got|have)\s+(?:a\s+)?(?:story|tip|news\s+tip|any\s+(?:comments|information|questions))|e-?mail\s+(?:us|our|the\s+author)
    |(?:send|share)\s+(?:us\s+)?(?:your|a)\s+(?:tips?|stor(?:y|ies)|views|thoughts)|let\s+us\s+know|contact\s+(?:us|our\s+newsroom)
    |haben\s+sie\s+(?:einen\s+)?(?:hinweis|fehler|fragen)|fehler\s+gefunden|schreiben\s+sie\s+uns|(?:une|des)\s+(?:info|remarque)s?\s*\?
    |écrivez-nous|une\s+erreur\s*\?|escríbenos|tienes\s+(?:una|información)|envie\s+sua|encontrou\s+(?:um|algum)\s+erro
    |scrivici|hai\s+(?:una\s+)?(?:segnalazione|notizia)|masz\s+(?:dla\s+nas\s+)?(?:temat|informacj)|napisz\s+do\s+nas|bize\s+ulaş
    |нашли\s+ошибку|(?:есть|хотите)\s+(?:новость|сообщить)|راسلونا|제보(?:는|하기|를)|情報提供|责任编辑|責任編輯|(?:编辑|校对|审核)[:：]""",
    re.I | re.X,
)
