//! A paragraph for the owner's privacy notice, in the languages of the dashboard. Its facts follow the site's settings.

use rapport_core::model::site::{Privacy, Site};

/// A language of the notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    Chinese,
    German,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::German, Self::Chinese];

    /// The one for a tag; English for what is not offered.
    pub fn of(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|known| known.tag().split('-').next() == Some(language)).unwrap_or(Self::English)
    }

    /// Its tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
            Self::German => "de",
        }
    }

    /// Its name in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "中文",
            Self::German => "Deutsch",
        }
    }
}

/// Days for which answers are kept, where there is a limit.
pub const fn kept_days(_site: &Site) -> Option<u32> {
    None
}

/// The text.
pub fn text(site: &Site, language: Language) -> String {
    let device = site.privacy == Privacy::Device;
    let kept = kept_days(site);
    match language {
        Language::English => {
            let telling = if device {
                "To recognise returning visitors, a random identifier is kept in this browser's local storage for this site only. It is not used if your browser sends the Global Privacy Control signal, and you can delete it at any time by clearing this site's data."
            } else {
                "Nothing that identifies you is kept on your device. To avoid counting one visitor twice within a day, a code is computed from your IP address and browser type with a random value that is deleted within 48 hours; after that nobody can tell who it stood for."
            };
            let kept = match kept {
                Some(days) => format!("Answers are deleted after {days} days; anonymous totals remain."),
                None => "Answers are kept until we delete them; ask us, and we delete yours.".to_owned(),
            };
            format!(
                "Feedback on this website\n\nThis website asks for feedback with Rapport, software that we run ourselves. We process what you answer, the address of the page, the language and size class of your screen, the country, the time and the time spent answering. Your IP address is used to deliver the answer and to limit abuse; it is not stored with it.\n\n{telling}\n\nYour browser also remembers which questions it has shown, so that you are not asked too often, and keeps an answer that could not be sent until it is. Where you have answered in your own words, it keeps the numbers of your last ten such answers for 180 days, to show you our reply when you come back; nothing else is done with them. No advertising, no profiles across websites, no cookies are involved.\n\nThe data lies on Cloudflare's servers, our processor. {kept}"
            )
        }
        Language::German => {
            let telling = if device {
                "Um wiederkehrende Besucher zu erkennen, wird eine zufällige Kennung im lokalen Speicher dieses Browsers nur für diese Website abgelegt. Sie wird nicht verwendet, wenn Ihr Browser das Signal „Global Privacy Control“ sendet; Sie können sie jederzeit löschen, indem Sie die Daten dieser Website löschen."
            } else {
                "Auf Ihrem Gerät wird nichts gespeichert, was Sie kenntlich macht. Damit ein Besucher an einem Tag nicht doppelt gezählt wird, wird aus IP-Adresse und Browsertyp mit einem Zufallswert ein Code berechnet; der Zufallswert wird innerhalb von 48 Stunden gelöscht, danach kann niemand mehr feststellen, für wen der Code stand."
            };
            let kept = match kept {
                Some(days) => format!("Antworten werden nach {days} Tagen gelöscht; anonyme Summen bleiben."),
                None => "Antworten werden aufbewahrt, bis wir sie löschen; auf Wunsch löschen wir Ihre.".to_owned(),
            };
            format!(
                "Feedback auf dieser Website\n\nDiese Website fragt mit Rapport nach Ihrer Meinung, einer Software, die wir selbst betreiben. Wir verarbeiten Ihre Antworten, die Adresse der Seite, Sprache und Größenklasse Ihres Bildschirms, das Land, den Zeitpunkt und die Dauer des Antwortens. Ihre IP-Adresse dient der Übertragung und dem Schutz vor Missbrauch; sie wird nicht mit der Antwort gespeichert.\n\n{telling}\n\nIhr Browser merkt sich außerdem, welche Fragen er gezeigt hat, damit Sie nicht zu oft gefragt werden, und bewahrt eine Antwort, die nicht gesendet werden konnte, bis dahin auf. Haben Sie in eigenen Worten geantwortet, behält er die Nummern Ihrer letzten zehn solchen Antworten 180 Tage lang, um Ihnen beim nächsten Besuch unsere Erwiderung zu zeigen; zu nichts anderem dienen sie. Es gibt keine Werbung, keine Profile über Websites hinweg und keine Cookies.\n\nDie Daten liegen auf Servern von Cloudflare, unserem Auftragsverarbeiter. {kept}"
            )
        }
        Language::Chinese => {
            let telling = if device {
                "为了识别再次来访的访客，会在本浏览器的本地存储中为本网站保存一个随机标识。如果浏览器发送 Global Privacy Control 信号，则不使用该标识；你可以随时清除本网站的数据将其删除。"
            } else {
                "不会在你的设备上保存能识别你身份的内容。为避免同一访客在一天内被重复计数，会用 IP 地址、浏览器类型和一个随机值计算出一个代码；随机值在 48 小时内删除，之后任何人都无法得知该代码对应谁。"
            };
            let kept = match kept {
                Some(days) => format!("回复在 {days} 天后删除，只保留匿名的汇总数字。"),
                None => "回复会保存到我们将其删除为止；你可以要求我们删除你的回复。".to_owned(),
            };
            format!(
                "本网站的意见反馈\n\n本网站使用由我们自行运营的软件 Rapport 收集反馈。我们处理：你的回答、页面地址、屏幕的语言和尺寸类别、所在国家、时间以及作答用时。IP 地址仅用于传输和防止滥用，不会与回答一起保存。\n\n{telling}\n\n浏览器还会记住展示过哪些问题，以免过于频繁地打扰你；未能发送的回答会保存在浏览器中，直到发送成功。如果你用文字作答，浏览器会把最近十条此类回答的编号保存 180 天，以便你再次来访时看到我们的回复，编号不作他用。不涉及广告、跨网站画像或 Cookie。\n\n数据存放在我们的处理者 Cloudflare 的服务器上。{kept}"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_follow_the_settings() {
        let site = |privacy: &str| {
            let json = format!(r#"{{"id":"acme","name":"A","origins":[],"locale":"en","privacy":"{privacy}"}}"#);
            Site::parse(&json).unwrap()
        };
        for language in Language::ALL {
            let (daily, device) = (text(&site("daily"), language), text(&site("device"), language));
            assert!(daily.contains("48") && !daily.contains("Global Privacy Control"), "{daily}");
            assert!(daily.contains("180") && device.contains("180"));
            assert!(device.contains("Global Privacy Control") && !device.contains("48"), "{device}");
        }
        assert_eq!(Language::of("zh-TW"), Language::Chinese);
        assert_eq!(Language::of("fr"), Language::English);
    }
}
