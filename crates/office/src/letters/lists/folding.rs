//! A column folded as `search_key_without_spaces` folds what is typed: the same shape for letters and digits that people take for
//! one, and nothing between them. Of signs only those which stand in names.

/// The column, folded. Both databases have `replace`; what SQLite's `lower` leaves large is folded by nobody.
macro_rules! folded {
    ($column:literal) => {
        concat!(
            "replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(",
            "replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(",
            "replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(",
            "replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(",
            "replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(",
            "replace(replace(replace(replace(replace(replace(",
            "lower(",
            $column,
            ")",
            ", ' ', ''), '\u{200C}', ''), '\u{200D}', ''), '\u{640}', ''), '\u{64B}', ''), '\u{64C}', '')",
            ", '\u{64D}', ''), '\u{64E}', ''), '\u{64F}', ''), '\u{650}', ''), '\u{651}', ''), '\u{652}', '')",
            ", '\u{653}', ''), '\u{654}', ''), '\u{655}', ''), '\u{670}', ''), '-', ''), '.', ''), ',', '')",
            ", '(', ''), ')', ''), '/', ''), ':', ''), '_', ''), '''', ''), '\"', ''), '&', ''), '+', '')",
            ", '\u{60C}', ''), '\u{61B}', ''), '\u{AB}', ''), '\u{BB}', ''), '\u{2013}', ''), '\u{2019}', '')",
            ", '\u{622}', '\u{627}'), '\u{623}', '\u{627}'), '\u{625}', '\u{627}'), '\u{671}', '\u{627}')",
            ", '\u{624}', '\u{648}'), '\u{626}', '\u{6CC}'), '\u{64A}', '\u{6CC}'), '\u{649}', '\u{6CC}')",
            ", '\u{643}', '\u{6A9}'), '\u{6AA}', '\u{6A9}'), '\u{629}', '\u{647}'), '\u{6C0}', '\u{647}')",
            ", '\u{6C1}', '\u{647}'), '\u{6C2}', '\u{647}'), '\u{6BE}', '\u{647}'), '\u{6C3}', '\u{647}')",
            ", '\u{6D5}', '\u{647}'), '\u{6F0}', '0'), '\u{6F1}', '1'), '\u{6F2}', '2'), '\u{6F3}', '3')",
            ", '\u{6F4}', '4'), '\u{6F5}', '5'), '\u{6F6}', '6'), '\u{6F7}', '7'), '\u{6F8}', '8')",
            ", '\u{6F9}', '9'), '\u{660}', '0'), '\u{661}', '1'), '\u{662}', '2'), '\u{663}', '3')",
            ", '\u{664}', '4'), '\u{665}', '5'), '\u{666}', '6'), '\u{667}', '7'), '\u{668}', '8')",
            ", '\u{669}', '9')"
        )
    };
}

pub(super) use folded;

/// Whether it is a letter to which no other is folded: one of the Arabic script but for alef, waw, heh, yeh and kaf.
pub(super) fn has_one_shape(sign: char) -> bool {
    matches!(sign, '\u{621}'..='\u{64A}' | '\u{671}'..='\u{6BF}')
        && !matches!(sign, '\u{627}' | '\u{648}' | '\u{647}' | '\u{6CC}' | '\u{6A9}')
}
