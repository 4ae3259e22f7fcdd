//! Plurals by the categories of Unicode CLDR, for whole numbers in the languages that are here.

/// A form that grammar asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

/// A counted phrase. Forms that the language does not have stay empty.
#[derive(Clone, Copy, Debug)]
pub struct Plural {
    pub zero: &'static str,
    pub one: &'static str,
    pub two: &'static str,
    pub few: &'static str,
    pub many: &'static str,
    pub other: &'static str,
}

impl Category {
    /// All categories, in CLDR's order.
    pub const ALL: [Self; 6] = [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// The word that `Intl.PluralRules` uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

impl Plural {
    /// A language with one form.
    pub const fn same(other: &'static str) -> Self {
        Self { zero: "", one: "", two: "", few: "", many: "", other }
    }

    /// A language with a singular and a plural.
    pub const fn pair(one: &'static str, other: &'static str) -> Self {
        Self { one, ..Self::same(other) }
    }

    /// A language that also has a form for millions: `1 000 000 de votes`.
    pub const fn romance(one: &'static str, many: &'static str, other: &'static str) -> Self {
        Self { one, many, ..Self::same(other) }
    }

    /// The form for `category`; where the language has none, the general one.
    pub const fn get(&self, category: Category) -> &'static str {
        let form = match category {
            Category::Zero => self.zero,
            Category::One => self.one,
            Category::Two => self.two,
            Category::Few => self.few,
            Category::Many => self.many,
            Category::Other => self.other,
        };
        if form.is_empty() { self.other } else { form }
    }

    /// The forms that the language has.
    pub fn forms(&self) -> impl Iterator<Item = (Category, &'static str)> {
        let all = [self.zero, self.one, self.two, self.few, self.many, self.other];
        Category::ALL.into_iter().zip(all).filter(|(_, form)| !form.is_empty())
    }
}

/// The category of the whole number `n` (CLDR 46, cardinal rules with v = 0 and e = 0).
pub fn category(tag: &str, n: u64) -> Category {
    let language = tag.split('-').next().unwrap_or(tag);
    let million = n != 0 && n.is_multiple_of(1_000_000);
    match language {
        "en" | "de" if n == 1 => Category::One,
        "es" | "it" if n == 1 => Category::One,
        "fr" | "pt" if n <= 1 => Category::One,
        "es" | "it" | "fr" | "pt" if million => Category::Many,
        "hi" if n <= 1 => Category::One,
        "ru" => match (n % 10, n % 100) {
            (1, tens) if tens != 11 => Category::One,
            (2..=4, tens) if !(12..=14).contains(&tens) => Category::Few,
            _ => Category::Many,
        },
        "ar" => match (n, n % 100) {
            (0, _) => Category::Zero,
            (1, _) => Category::One,
            (2, _) => Category::Two,
            (_, 3..=10) => Category::Few,
            (_, 11..=99) => Category::Many,
            _ => Category::Other,
        },
        _ => Category::Other,
    }
}
