//! French, Japanese, Arabic and Spanish: fewer customers, fewer lines.

use super::Words;

pub static FR: Words = Words {
    joint: " ",
    praise: &[
        "Il s’ouvre vraiment à plat.",
        "Le papier est superbe, même à la plume.",
        "On sent le travail de la main.",
        "Mon troisième déjà.",
        "Très beau cadeau.",
        "Réponse rapide et gentille.",
    ],
    complaint: &[
        "Les coins s’usent vite.",
        "Un peu cher pour 160 pages.",
        "L’élastique est trop serré.",
        "Trois semaines d’attente.",
    ],
    soft_paper: &["L’encre traverse, ce n’était pas le cas avant.", "Le papier boit énormément cette fois."],
    lost_design: &["Mon modèle enregistré a disparu.", "Le bouton « enregistrer » ne fait plus rien."],
    wish: &["Un papier quadrillé, s’il vous plaît.", "Des pages numérotées.", "Un format paysage."],
    smooth: &["Commande simple et rapide."],
    rough: &["Les frais de port apparaissent trop tard."],
    question: &["Livrez-vous en Belgique ?", "Donnez-vous des cours ?"],
    sought: &["les délais pour la France", "modifier ma commande"],
    uses: &["carnet de voyage", "poèmes"],
    reasons: &["j’hésite sur la couleur"],
    payments: &["virement", "PayPal"],
};

pub static JA: Words = Words {
    joint: "",
    praise: &[
        "本当に平らに開きます。",
        "万年筆でも裏抜けしません。",
        "糸かがりがとても丁寧です。",
        "布の手触りが好きです。",
        "贈り物にして喜ばれました。",
    ],
    complaint: &["角がすぐに擦れました。", "ゴムが少しきついです。", "送料が高いです。"],
    soft_paper: &["今回の紙はにじみます。", "前と紙が違う気がします。"],
    lost_design: &["保存したデザインが消えました。", "保存を押しても何も起きません。"],
    wish: &["方眼の紙がほしいです。", "横長のサイズをお願いします。", "ページ番号がほしいです。"],
    smooth: &["注文は簡単でした。"],
    rough: &["送料が最後までわかりませんでした。"],
    question: &["日本への発送はできますか。", "紙は無酸ですか。"],
    sought: &["日本までの配送日数", "注文の変更方法"],
    uses: &["俳句", "山の記録"],
    reasons: &["色を迷っています"],
    payments: &["PayPay", "コンビニ払い"],
};

pub static AR: Words = Words {
    joint: " ",
    praise: &[
        "ينفتح مستوياً فعلاً.",
        "الورق ممتاز لقلم الحبر.",
        "الخياطة متقنة جداً.",
        "هدية أعجبت أمي كثيراً.",
        "يستحق الانتظار.",
    ],
    complaint: &["الزوايا تهترئ بسرعة.", "أجرة البريد مرتفعة.", "انتظرت ثلاثة أسابيع."],
    soft_paper: &["الحبر ينفذ إلى الوجه الآخر.", "الورق مختلف هذه المرة."],
    lost_design: &["حفظت التصميم ثم اختفى.", "زر الحفظ لا يعمل."],
    wish: &["أتمنى دفتراً يُفتح من اليمين.", "ورق مربعات من فضلك.", "ترقيم للصفحات."],
    smooth: &["الطلب سهل وسريع."],
    rough: &["لم أرَ أجرة البريد إلا في النهاية."],
    question: &["هل ترسلون إلى عمّان؟", "هل يمكن تجليد دفتر قديم؟"],
    sought: &["مدة الشحن إلى الإمارات", "كيفية تغيير الطلب"],
    uses: &["وصفات", "خواطر"],
    reasons: &["لم أقرر اللون بعد"],
    payments: &["تحويل مصرفي", "مدى"],
};

pub static ES: Words = Words {
    joint: " ",
    praise: &[
        "Se abre plano de verdad.",
        "El papel va genial con pluma.",
        "Se nota que está hecho a mano.",
        "El mejor regalo del año.",
    ],
    complaint: &["Las esquinas se gastan pronto.", "El envío es caro.", "Pesa un poco."],
    soft_paper: &["La tinta traspasa, antes no pasaba.", "El papel de este es distinto."],
    lost_design: &["Guardé mi diseño y desapareció.", "El botón de guardar no hace nada."],
    wish: &["Papel cuadriculado, por favor.", "Un formato apaisado.", "Páginas numeradas."],
    smooth: &["Compra fácil, sin registrarse."],
    rough: &["El envío se ve demasiado tarde."],
    question: &["¿Enviáis a Canarias?", "¿Hacéis talleres?"],
    sought: &["plazos de envío a España", "cambiar el pedido"],
    uses: &["recetas", "diario de viaje"],
    reasons: &["no me decido por el color"],
    payments: &["transferencia", "Bizum"],
};
