//! Building the PDUs that go out.

use std::str::FromStr;
use std::time::Duration;

use rusmpp::pdus::{BindTransceiver, SubmitSm};
use rusmpp::types::{COctetString, EmptyOrFullCOctetString, OctetString};
use rusmpp::values::{DataCoding, EsmClass, InterfaceVersion, Npi, RegisteredDelivery, ServiceType, Ton};

use super::parts::Parts;
use super::settings::SmppSettings;
use crate::gateways::SettingsError;

/// The first PDU of a session.
pub(super) fn bind(settings: &SmppSettings) -> Result<BindTransceiver, SettingsError> {
    Ok(BindTransceiver {
        system_id: text("name", &settings.name, "has at most 15 ASCII signs")?,
        password: text("password", settings.password.reveal(), "has at most 8 ASCII signs")?,
        system_type: text("system_type", &settings.system_type, "has at most 12 ASCII signs")?,
        interface_version: InterfaceVersion::Smpp3_4,
        ..BindTransceiver::default()
    })
}

/// The parts as PDUs.
pub(super) fn submits(
    settings: &SmppSettings,
    to: &str,
    parts: &Parts,
    life: Option<Duration>,
) -> Result<Vec<SubmitSm>, SettingsError> {
    let last = parts.octets.len() - 1;
    let built = parts.octets.iter().enumerate().map(|(at, part)| {
        Ok(SubmitSm::builder()
            .service_type(ServiceType::new(text("service_type", &settings.service_type, "has at most 5 ASCII signs")?))
            .source_addr_ton(Ton::from(settings.from_ton))
            .source_addr_npi(Npi::from(settings.from_npi))
            .source_addr(text("from", &settings.from, "has at most 20 ASCII signs")?)
            .dest_addr_ton(Ton::International)
            .dest_addr_npi(Npi::from(1))
            .destination_addr(text("to", to, "has at most 20 ASCII signs")?)
            // Not the default of rusmpp, which has a bit set that means "delivery acknowledgement".
            .esm_class(EsmClass::from(if parts.have_headers { 0x40 } else { 0 }))
            .validity_period(validity(life)?)
            .registered_delivery(RegisteredDelivery::from(u8::from(at == last)))
            .data_coding(DataCoding::from(parts.coding))
            .short_message(
                OctetString::from_slice(part).map_err(|_| SettingsError::Bad("text", "has a part that is too long"))?,
            )
            .build())
    });
    built.collect()
}

fn text<const MAX: usize>(
    name: &'static str,
    value: &str,
    what: &'static str,
) -> Result<COctetString<1, MAX>, SettingsError> {
    COctetString::from_str(value).map_err(|_| SettingsError::Bad(name, what))
}

/// How long the centre tries, relative to now: `YYMMDDhhmmsstnnR`. A code isn't delivered when it has run out.
fn validity(life: Option<Duration>) -> Result<EmptyOrFullCOctetString<17>, SettingsError> {
    let Some(life) = life else { return Ok(EmptyOrFullCOctetString::empty()) };
    let seconds = life.as_secs().clamp(1, 24 * 3_600 - 1);
    let period = format!("000000{:02}{:02}{:02}000R", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    EmptyOrFullCOctetString::from_str(&period).map_err(|_| SettingsError::Bad("validity", "can't be written"))
}

#[cfg(test)]
mod tests {
    use super::super::parts::cut;
    use super::*;

    fn settings() -> SmppSettings {
        serde_json::from_str(r#"{"host":"127.0.0.1","name":"pishkhan","password":"s3cret","from":"3000"}"#)
            .expect("the rest has defaults")
    }

    #[test]
    fn a_codes_life_is_its_validity() {
        let written =
            |seconds| validity(Some(Duration::from_secs(seconds))).expect("it can be written").as_str().to_owned();
        assert_eq!(written(120), "000000000200000R");
        assert_eq!(written(3_725), "000000010205000R");
        assert_eq!(written(0), "000000000001000R");
        assert!(validity(None).expect("it can be written").is_empty());
    }

    #[test]
    fn only_the_last_part_asks_for_a_receipt() {
        let parts = cut(&"پ".repeat(71), 7, true).expect("it isn't too long");
        let submits = submits(&settings(), "989121234567", &parts, None).expect("they can be built");
        let fields = submits.iter().map(|part| (u8::from(part.registered_delivery), u8::from(part.esm_class)));
        assert_eq!(fields.collect::<Vec<_>>(), [(0, 0x40), (1, 0x40)]);
        assert_eq!(u8::from(submits[0].data_coding), 8);
    }
}
