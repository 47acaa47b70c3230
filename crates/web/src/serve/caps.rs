//! How many connections there are, in all and from each address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex};

use super::rules::ServeRules;
use crate::app::Proxies;

/// The seats of the house, and who has taken them.
#[derive(Debug)]
pub struct Caps {
    most: usize,
    most_per_address: usize,
    proxies: Proxies,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    in_all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// One connection's seat, free again when it is dropped.
#[derive(Debug)]
pub struct Seat {
    caps: Arc<Caps>,
    /// Under which address it is counted; a proxy's is not.
    address: Option<IpAddr>,
}

impl Caps {
    pub fn new(rules: &ServeRules) -> Arc<Caps> {
        Arc::new(Caps {
            most: rules.connections,
            most_per_address: rules.connections_per_address,
            proxies: rules.proxies.clone(),
            taken: Mutex::default(),
        })
    }

    /// A seat for a connection from there; none when too many are taken.
    pub fn seat(self: &Arc<Caps>, peer: IpAddr) -> Option<Seat> {
        let peer = peer.to_canonical();
        let address = (!self.proxies.contains(peer)).then(|| household(peer));
        let mut taken = self.taken.lock().expect("nobody panics while counting");
        if taken.in_all >= self.most {
            return None;
        }
        if let Some(address) = address {
            let here = taken.by_address.entry(address).or_default();
            if *here >= self.most_per_address {
                return None;
            }
            *here += 1;
        }
        taken.in_all += 1;
        Some(Seat { caps: self.clone(), address })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.caps.taken.lock().expect("nobody panics while counting");
        taken.in_all -= 1;
        let Some(address) = self.address else { return };
        if let Some(here) = taken.by_address.get_mut(&address) {
            *here -= 1;
            if *here == 0 {
                taken.by_address.remove(&address);
            }
        }
    }
}

/// What counts as one address: whoever has an IPv6 line has 64 bits of addresses on it.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caps(connections: usize, per_address: usize) -> Arc<Caps> {
        let proxies = Proxies(vec!["10.0.0.0/8".parse().expect("the test's own network")]);
        let rules = ServeRules { connections, connections_per_address: per_address, proxies, ..ServeRules::default() };
        Caps::new(&rules)
    }

    fn address(text: &str) -> IpAddr {
        text.parse().expect("the test's own address")
    }

    #[test]
    fn one_address_does_not_take_the_seats_of_another() {
        let caps = caps(10, 2);
        let _first = caps.seat(address("192.0.2.1")).expect("a seat");
        let second = caps.seat(address("::ffff:192.0.2.1")).expect("a seat");
        assert!(caps.seat(address("192.0.2.1")).is_none());
        assert!(caps.seat(address("192.0.2.2")).is_some());
        drop(second);
        assert!(caps.seat(address("192.0.2.1")).is_some());
    }

    #[test]
    fn an_ipv6_line_is_one_address() {
        let caps = caps(10, 1);
        let _seat = caps.seat(address("2001:db8::1")).expect("a seat");
        assert!(caps.seat(address("2001:db8::ffff:1")).is_none());
        assert!(caps.seat(address("2001:db8:0:1::1")).is_some());
    }

    #[test]
    fn a_proxy_is_bound_by_the_whole_only() {
        let caps = caps(3, 1);
        let seats: Vec<Seat> = (0..3).filter_map(|_| caps.seat(address("10.1.2.3"))).collect();
        assert_eq!(seats.len(), 3);
        assert!(caps.seat(address("10.1.2.3")).is_none() && caps.seat(address("192.0.2.1")).is_none());
        drop(seats);
        assert!(caps.taken.lock().expect("nobody panics while counting").by_address.is_empty());
        assert!(caps.seat(address("192.0.2.1")).is_some());
    }
}
