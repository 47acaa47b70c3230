//! What a form sends, read with care: bounded, decoded once, its token checked, each field once.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use pishkhan_office::files::{self, Arrival, ArrivalError, Bringer};
use pishkhan_office::ids::SenderId;
use pishkhan_office::persian::text::stored_file_name;

use crate::problem::Problem;
use crate::visit::Visit;

/// How large a form without files may be, in bytes. A subject of 10 MB is cut short before it is read.
const FORM_BYTES: usize = 2 * 1024 * 1024;
/// How much typed text of a form is kept, in bytes.
const TEXT_BYTES: usize = 512 * 1024;
/// How much of one typed field is kept, in bytes; far above every limit, so that the page can say "too long" and show it.
const FIELD_BYTES: usize = 192 * 1024;

/// The fields of a form, each name once.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

/// A posted form whose token is this browser's.
pub struct Posted(pub Fields);

/// A file that a form brought, by the name its sender gave it.
#[derive(Debug)]
pub struct Brought {
    /// The input that it was chosen in.
    pub field: String,
    pub name: String,
    pub outcome: Result<Arrival, ArrivalError>,
}

/// A posted form with files.
#[derive(Default)]
pub struct Upload {
    pub fields: Fields,
    pub files: Vec<Brought>,
    /// More files came than may; those over the limit were not kept.
    pub has_too_many: bool,
    /// The form ended before its end: what it doesn't say is not known.
    pub is_cut_off: bool,
    /// It was cut off by us, since it is larger than any letter may be.
    pub is_too_large: bool,
}

impl Fields {
    /// What was typed, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// Whether the form has that field, as a pressed button's name.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(found, _)| found == name)
    }

    /// All fields whose name begins so, without that beginning, in their order.
    pub fn beginning<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(start)?, value.as_str())))
    }

    /// The fields of a query; none of one that can't be read.
    pub fn of_query(query: &str) -> Fields {
        Fields::parse(query.as_bytes()).unwrap_or_default()
    }

    /// Notes a field, without the signs that no text has and no database takes.
    fn push(&mut self, name: String, value: String) -> Result<(), Problem> {
        let value = if value.contains('\0') { value.replace('\0', "") } else { value };
        if self.has(&name) {
            // Two values for one field: which of them a check saw would be a matter of luck.
            return Err(Problem::BadRequest);
        }
        if self.0.len() >= 100 {
            return Err(Problem::BadRequest);
        }
        self.0.push((name, value));
        Ok(())
    }

    fn parse(bytes: &[u8]) -> Result<Fields, Problem> {
        let mut fields = Fields::default();
        let mut room = TEXT_BYTES;
        for (name, value) in form_urlencoded(bytes) {
            let value = value.ok_or(Problem::BadRequest)?;
            let kept = value.floor_char_boundary(FIELD_BYTES.min(room));
            room -= kept;
            fields.push(name.ok_or(Problem::BadRequest)?, value[..kept].to_owned())?;
        }
        Ok(fields)
    }
}

/// The pairs of a form body; None where the bytes are no UTF-8.
fn form_urlencoded(bytes: &[u8]) -> impl Iterator<Item = (Option<String>, Option<String>)> {
    let decode = |part: &[u8]| {
        let spaced: Vec<u8> = part.iter().map(|&b| if b == b'+' { b' ' } else { b }).collect();
        percent_encoding::percent_decode(&spaced).decode_utf8().ok().map(std::borrow::Cow::into_owned)
    };
    bytes.split(|&b| b == b'&').filter(|pair| !pair.is_empty()).map(move |pair| {
        let end = pair.iter().position(|&b| b == b'=');
        let (name, value) = end.map_or((pair, &b""[..]), |end| (&pair[..end], &pair[end + 1..]));
        (decode(name), decode(value))
    })
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Posted, Problem> {
        let visit = request.extensions().get::<Visit>().cloned().expect("tenant::guard stands before every route");
        let fields = if is_multipart(&request) {
            let multipart = Multipart::from_request(request, state).await.map_err(|_| Problem::BadRequest)?;
            let upload = read(multipart, &visit, None, 0).await?;
            upload.fields
        } else {
            let body = axum::body::to_bytes(request.into_body(), FORM_BYTES).await.map_err(|_| Problem::TooLarge)?;
            Fields::parse(&body)?
        };
        if !visit.owns_form(fields.get("form_token")) {
            return Err(Problem::FormExpired);
        }
        Ok(Posted(fields))
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Upload, Problem> {
        let visit = request.extensions().get::<Visit>().cloned().expect("tenant::guard stands before every route");
        if !is_multipart(&request) {
            let Posted(fields) = Posted::from_request(request, state).await?;
            return Ok(Upload { fields, ..Upload::default() });
        }
        let sender = request.extensions().get::<SenderId>().cloned();
        let multipart = Multipart::from_request(request, state).await.map_err(|_| Problem::BadRequest)?;
        let upload = read(multipart, &visit, sender.as_ref(), visit.app.rules.letters.files).await?;
        if !visit.owns_form(upload.fields.get("form_token")) {
            // A form that was cut off before its token is only half a form.
            return Err(if upload.is_cut_off { Problem::BadRequest } else { Problem::FormExpired });
        }
        Ok(upload)
    }
}

impl Brought {
    fn arrival(&self) -> Option<(String, Arrival)> {
        self.outcome.as_ref().ok().map(|arrival| (self.name.clone(), arrival.clone()))
    }
}

impl Upload {
    /// Whether a file could not be kept through a fault of ours, so that trying again later may help.
    pub fn has_fault_of_ours(&self) -> bool {
        self.files.iter().any(|file| file.outcome.as_ref().is_err_and(ArrivalError::is_ours))
    }

    /// The files that arrived well.
    pub fn arrivals(&self) -> Vec<(String, Arrival)> {
        self.files.iter().filter_map(Brought::arrival).collect()
    }

    /// Those that were chosen in this input.
    pub fn arrivals_in(&self, field: &str) -> Vec<(String, Arrival)> {
        self.files.iter().filter(|file| file.field == field).filter_map(Brought::arrival).collect()
    }

    /// As it is when no more of it comes.
    fn cut_off(self, error: &MultipartError) -> Upload {
        Upload { is_cut_off: true, is_too_large: error.status() == StatusCode::PAYLOAD_TOO_LARGE, ..self }
    }
}

fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("multipart/form-data"))
}

/// Reads the whole form, streaming files to the vault as they come. What is too much is read and thrown away, within reason, so
/// that the person gets a sentence and not a broken line.
async fn read(
    mut multipart: Multipart,
    visit: &Visit,
    sender: Option<&SenderId>,
    most: u32,
) -> Result<Upload, Problem> {
    let mut upload = Upload::default();
    let mut room = TEXT_BYTES;
    loop {
        let field = match multipart.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(upload),
            Err(error) => return Ok(upload.cut_off(&error)),
        };
        let name = field.name().unwrap_or("").to_owned();
        match field.file_name().map(ToOwned::to_owned) {
            // A file input that was left empty sends a nameless, empty file.
            Some(file) if file.is_empty() => drop(field),
            Some(_) if upload.files.len() >= most as usize => {
                upload.has_too_many = true;
                // Read on, so that fields after it arrive; a form of too many files is still bounded by the body's limit.
                drop(field);
            }
            Some(file) => {
                let outcome = take_in(field, visit, sender).await;
                upload.is_cut_off |= matches!(outcome, Err(ArrivalError::CutOff));
                upload.files.push(Brought { field: name, name: stored_file_name(&file), outcome });
            }
            None => match text_of(field, room).await {
                Ok(text) => {
                    let text = text.ok_or(Problem::BadRequest)?;
                    room -= text.len();
                    upload.fields.push(name, text)?;
                }
                // Half of what was typed is not what was typed.
                Err(error) => return Ok(upload.cut_off(&error)),
            },
        }
    }
}

/// Takes a file of the form in; of a sender, it counts against their day.
async fn take_in(field: Field<'_>, visit: &Visit, sender: Option<&SenderId>) -> Result<Arrival, ArrivalError> {
    let (app, rules) = (&visit.app, &visit.app.rules);
    let counted = sender.map(|sender| (sender, rules.limits.files_per_sender_per_day));
    let bringer = Bringer { organisation: &visit.organisation.id, counted };
    let outcome = files::take_in(&app.vault, &app.db, &app.clock, bringer, field, rules.letters.file_bytes).await;
    if let Err(error) = &outcome
        && error.is_ours()
    {
        tracing::error!(%error, "a file could not be taken in");
    }
    outcome
}

/// A typed field, cut where nobody types any more; None when it is no UTF-8. An error: it did not come whole.
async fn text_of(mut field: Field<'_>, room: usize) -> Result<Option<String>, MultipartError> {
    let most = FIELD_BYTES.min(room);
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await? {
        let room = most.saturating_sub(bytes.len());
        bytes.extend_from_slice(&piece[..piece.len().min(room)]);
    }
    let end = match std::str::from_utf8(&bytes) {
        Ok(_) => bytes.len(),
        // Cut within a sign: that is ours, not the sender's.
        Err(error) if bytes.len() == most && error.error_len().is_none() => error.valid_up_to(),
        Err(_) => return Ok(None),
    };
    bytes.truncate(end);
    Ok(String::from_utf8(bytes).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_comes_twice_is_refused() {
        assert_eq!(Fields::parse(b"mobile=0912&mobile=0935").map(|_| ()), Err(Problem::BadRequest));
    }

    #[test]
    fn fields_are_decoded_once() {
        let fields = Fields::parse("subject=%D9%86%D8%A7%D9%85%D9%87+%2525&b".as_bytes()).expect("a good form");
        assert_eq!(fields.get("subject"), "نامه %25");
        assert!(fields.has("b") && fields.get("c").is_empty());
        assert_eq!(Fields::parse(b"x=%FF").map(|_| ()), Err(Problem::BadRequest));
    }
}
