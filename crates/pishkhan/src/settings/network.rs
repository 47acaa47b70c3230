//! An address or a network in CIDR notation, for the proxies that are believed.

use std::net::IpAddr;

use serde::Deserialize;

/// A network: all addresses that share the first `prefix` bits with `address`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Network {
    pub address: IpAddr,
    pub prefix: u8,
}

impl TryFrom<String> for Network {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl std::str::FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("\"{text}\" is neither an address nor a network such as 10.0.0.0/8");
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.trim().parse().map_err(|_| wrong())?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(prefix) => prefix.trim().parse().map_err(|_| wrong())?,
            None => bits,
        };
        if prefix > bits {
            return Err(wrong());
        }
        Ok(Self { address, prefix })
    }
}

#[cfg(test)]
mod tests {
    use super::Network;

    #[test]
    fn a_plain_address_is_a_network_of_one() {
        for (text, prefix) in [("127.0.0.1", 32), ("::1", 128), ("10.0.0.0/8", 8), ("fd00::/8", 8), ("0.0.0.0/0", 0)] {
            let network: Network = text.parse().expect("a network of this test");
            assert_eq!(network.prefix, prefix, "{text}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "proxy", "10.0.0.0/33", "10.0.0.0/", "::/129", "10.0.0.0/-1"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}
