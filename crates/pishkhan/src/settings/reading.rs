//! From a text to a value of the default's type, and whether a value keeps to its rule.

use toml::{Table, Value};

use super::schema::Rule;

/// Reads a text of the environment or of a flag as the default's type says. The error says what was expected.
pub fn read(text: &str, default: &Value) -> Result<Value, String> {
    match default {
        Value::String(_) => Ok(Value::String(text.to_owned())),
        Value::Integer(_) => {
            text.trim().parse().map(Value::Integer).map_err(|_| format!("\"{text}\" is not a whole number"))
        }
        Value::Boolean(_) => {
            text.trim().parse().map(Value::Boolean).map_err(|_| format!("\"{text}\" is neither true nor false"))
        }
        Value::Array(list) => read_list(text, list.first()),
        // A table may hold keys of a provider, so its text isn't repeated.
        Value::Table(_) => toml_value(text)
            .filter(Value::is_table)
            .ok_or_else(|| "not a table such as { \"X-Key\" = \"…\" }".to_owned()),
        Value::Float(_) | Value::Datetime(_) => {
            unreachable!("default.toml has neither fractions nor dates")
        }
    }
}

/// Whether a value has the default's type and keeps to the rule. The error says what was expected.
pub fn keeps_to(value: &Value, default: &Value, rule: &Rule) -> Result<(), String> {
    match (value, default) {
        (Value::Integer(number), Value::Integer(_)) => in_bounds(*number, rule),
        (Value::String(text), Value::String(_)) => is_choice(text, rule),
        (Value::Boolean(_), Value::Boolean(_)) => Ok(()),
        (Value::Array(list), Value::Array(model)) => {
            if list.is_empty() && !model.is_empty() {
                return Err("the list is empty".to_owned());
            }
            let model = model.first().cloned().unwrap_or_else(text_model);
            list.iter().try_for_each(|value| keeps_to(value, &model, rule))
        }
        (Value::Table(table), Value::Table(_)) => {
            let text = |(name, value): (&String, &Value)| {
                if value.is_str() { Ok(()) } else { Err(format!("{name} must be a text in quotes")) }
            };
            table.iter().try_for_each(text)
        }
        (value, default) => Err(format!("must be {}, not {}", kind(default), kind(value))),
    }
}

fn in_bounds(number: i64, rule: &Rule) -> Result<(), String> {
    match &rule.bounds {
        Some(bounds) if !bounds.contains(&number) => {
            Err(format!("{number} is out of bounds, {} to {}", bounds.start(), bounds.end()))
        }
        _ => Ok(()),
    }
}

fn is_choice(text: &str, rule: &Rule) -> Result<(), String> {
    if rule.choices.is_empty() || rule.choices.iter().any(|choice| choice == text) {
        return Ok(());
    }
    Err(format!("\"{text}\" is not one of: {}", rule.choices.join(", ")))
}

/// `60,120,300` or `[60, 120, 300]`; an empty text is an empty list.
fn read_list(text: &str, model: Option<&Value>) -> Result<Value, String> {
    let text = text.trim();
    if text.starts_with('[') {
        return toml_value(text).filter(Value::is_array).ok_or_else(|| format!("\"{text}\" is not a list"));
    }
    let model = model.cloned().unwrap_or_else(text_model);
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| read(part, &model)).collect::<Result<_, _>>().map(Value::Array)
}

fn toml_value(text: &str) -> Option<Value> {
    format!("value = {text}").parse::<Table>().ok()?.remove("value")
}

fn text_model() -> Value {
    Value::String(String::new())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text in quotes",
        Value::Integer(_) => "a whole number",
        Value::Boolean(_) => "true or false",
        Value::Array(_) => "a list",
        Value::Table(_) => "a table",
        Value::Float(_) => "a fraction",
        Value::Datetime(_) => "a date",
    }
}
