//! The order: what shall be printed, as values for a form.

use serde_json::Value as Json;
use typst::foundations::{Array, Datetime, Dict, IntoValue, Str, Value};
use typst_pdf::Timestamp;

use crate::Unprintable;
use crate::fonts::Shelf;
use crate::picture::Picture;
use crate::plain::plain;

/// The name under which a form finds the picture.
const PICTURE: &str = "picture";

pub struct Order {
    pub form: String,
    /// When it is printed.
    pub at: Timestamp,
    /// Everything else that the form may ask for.
    pub values: Dict,
}

impl Order {
    pub fn read(order: &[u8]) -> Result<Order, Unprintable> {
        let (length, rest) = order.split_first_chunk().ok_or(Unprintable::NoOrder("it is too short"))?;
        let length = usize::try_from(u64::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let (json, picture) = rest.split_at_checked(length).ok_or(Unprintable::NoOrder("it ends too early"))?;
        let Ok(Json::Object(object)) = serde_json::from_slice(json) else {
            return Err(Unprintable::NoOrder("it is no JSON object"));
        };
        let text = |field: &str| object.get(field).and_then(Json::as_str).unwrap_or_default();
        let at = moment(text("at")).ok_or(Unprintable::NoOrder("its moment is none"))?;
        let form = text("form").to_owned();
        let mut values: Dict = object.into_iter().map(|(name, json)| (Str::from(name), value(json))).collect();
        if !picture.is_empty() {
            values.insert(PICTURE.into(), Picture::read(picture)?.into_value());
        }
        Ok(Order { form, at, values })
    }
}

/// JSON as the forms have it; each text made harmless.
fn value(json: Json) -> Value {
    match json {
        Json::Null => Value::None,
        Json::Bool(bool) => bool.into_value(),
        Json::Number(number) => number.as_i64().map_or(Value::None, IntoValue::into_value),
        Json::String(text) => plain(&text, |sign| Shelf::get().has(sign)).into_value(),
        Json::Array(items) => items.into_iter().map(value).collect::<Array>().into_value(),
        Json::Object(object) => {
            object.into_iter().map(|(name, json)| (Str::from(name), value(json))).collect::<Dict>().into_value()
        }
    }
}

/// Reads `2026-05-27T10:20:30+03:30`.
fn moment(text: &str) -> Option<Timestamp> {
    let (clock, offset) = text.split_at_checked(19)?;
    let mut numbers = clock.split(['-', 'T', ':']).map(str::parse::<u16>);
    let mut next = || numbers.next()?.ok();
    let (year, month, day, hour, minute, second) = (next()?, next()?, next()?, next()?, next()?, next()?);
    let small = |number: u16| u8::try_from(number).ok();
    let clock =
        Datetime::from_ymd_hms(year.into(), small(month)?, small(day)?, small(hour)?, small(minute)?, small(second)?)?;
    let (hours, minutes) = offset.split_once(':')?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    Timestamp::new_local(clock, hours * 60 + if hours < 0 { -minutes } else { minutes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(json: &str, picture: &[u8]) -> Vec<u8> {
        [&(json.len() as u64).to_be_bytes(), json.as_bytes(), picture].concat()
    }

    #[test]
    fn an_order_is_read_whole_or_not_at_all() {
        let json = r#"{"form": "register_book", "at": "2026-05-27T10:20:30+03:30", "rows": [{"n": 1, "none": null}]}"#;
        let order = Order::read(&framed(json, b"")).expect("it is an order");
        assert_eq!(order.form, "register_book");
        assert!(order.values.contains("rows") && !order.values.contains(PICTURE));

        let long = [&u64::MAX.to_be_bytes(), json.as_bytes()].concat();
        let nonsense: [Vec<u8>; 6] = [
            Vec::new(),
            long,
            framed("[]", b""),
            framed("{}", b""),
            framed(r#"{"at": "2026-05-27"}"#, b""),
            framed(r#"{"at": "2026-13-27T10:20:30+03:30"}"#, b""),
        ];
        for order in nonsense {
            assert!(matches!(Order::read(&order), Err(Unprintable::NoOrder(_))), "{order:?}");
        }
    }
}
