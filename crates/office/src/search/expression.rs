//! What is asked of the index: tokens, all of several, any of several; in the words of either database.

/// A token of the index, or what joins some. It is made of our tokens only, never of what somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expression {
    Token(String),
    All(Vec<Expression>),
    Any(Vec<Expression>),
    /// What is looked for by itself; only what has it is then compared with whatever else is asked.
    Apart(Box<Expression>),
}

/// No letter has it.
const NOTHING: &str = "_";

impl Expression {
    /// As FTS5 of SQLite reads it. Between quotes there are no operators. It makes one «and» of one within another, and then walks along all
    /// their lists at once; of an «or» it doesn't.
    pub(super) fn fts5(&self) -> String {
        self.written('"', " AND ", " OR ", &format!(r#" OR "{NOTHING}""#))
    }

    /// As `tsquery` of PostgreSQL reads it, which begins with what is rare by itself.
    pub(super) fn tsquery(&self) -> String {
        self.written('\'', " & ", " | ", "")
    }

    fn written(&self, quote: char, and: &str, or: &str, apart: &str) -> String {
        let all = |of: &[Expression], joint: &str| {
            let written: Vec<String> = of.iter().map(|one| one.written(quote, and, or, apart)).collect();
            format!("({})", written.join(joint))
        };
        match self {
            Expression::Token(token) => format!("{quote}{token}{quote}"),
            Expression::All(of) => all(of, and),
            Expression::Any(of) => all(of, or),
            Expression::Apart(of) => format!("({}{apart})", of.written(quote, and, or, apart)),
        }
    }
}

/// Any of these tokens.
pub(super) fn any_token(tokens: impl IntoIterator<Item = String>) -> Expression {
    Expression::Any(tokens.into_iter().map(Expression::Token).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_get_the_same_in_their_own_words() {
        let token = |token: &str| Expression::Token(token.to_owned());
        let asked = Expression::All(vec![token("_anemune"), any_token(["a".to_owned(), "^a".to_owned()])]);
        assert_eq!(asked.fts5(), r#"("_anemune" AND ("a" OR "^a"))"#);
        assert_eq!(asked.tsquery(), "('_anemune' & ('a' | '^a'))");
        let words = Expression::All(vec![token("a"), token("b")]);
        let asked = Expression::All(vec![token("_anemune"), Expression::Apart(Box::new(words))]);
        assert_eq!(asked.fts5(), r#"("_anemune" AND (("a" AND "b") OR "_"))"#);
        assert_eq!(asked.tsquery(), "('_anemune' & (('a' & 'b')))");
    }
}
