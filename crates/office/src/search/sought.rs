//! All that a letter must have to be found, and in which order the index compares it.

use pishkhan_store::Tx;

use super::expression::Expression;
use super::find::Filter;
use super::sight;
use crate::actor::Staff;

/// What is sought, by lists of the index.
#[derive(Clone, Debug)]
pub(super) struct Sought {
    sight: Expression,
    /// Sight is nearly all letters.
    is_of_all: bool,
    /// What was typed, and the filter: each a list.
    asked: Vec<Expression>,
}

impl Sought {
    /// What this person asks for; None when they see no letters at all.
    pub(super) fn by(tx: &Tx, staff: &Staff, filter: &Filter, typed: Option<Expression>) -> Option<Sought> {
        let sight = sight::of(tx.organisation(), staff)?;
        let words = match typed {
            Some(Expression::All(words)) => words,
            typed => typed.into_iter().collect(),
        };
        let asked = words.into_iter().chain(filter.tokens().into_iter().map(Expression::Token)).collect();
        Some(Sought { sight, is_of_all: sight::is_of_all(staff), asked })
    }

    /// Whether it has lists that may be long and never meet. What nearly all letters have makes no search long.
    pub(super) fn may_be_long(&self) -> bool {
        self.asked.len() + usize::from(!self.is_of_all) > 1
    }

    /// Its lists. Where organisations share an index, sight tells how far back one's own letters lie.
    pub(super) fn lists(&self) -> impl Iterator<Item = &Expression> {
        self.asked.iter().chain([&self.sight])
    }

    /// All of it, and `within`, too.
    ///
    /// Lists that never meet are not compared with nearly all letters on the way. For who sees those of some units only, their list is a short
    /// one, and leads.
    pub(super) fn expression(&self, within: Option<Expression>) -> Expression {
        let rest: Vec<Expression> = self.asked.iter().cloned().chain(within).collect();
        let sight = self.sight.clone();
        if self.is_of_all && rest.len() > 1 {
            return Expression::All(vec![sight, Expression::Apart(Box::new(Expression::All(rest)))]);
        }
        Expression::All([sight].into_iter().chain(rest).collect())
    }
}
