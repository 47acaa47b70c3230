//! `pishkhan-bench serve`: the server under test, a process of its own. The same router, accept loop and courier as in the binary.

use std::path::Path;

use pishkhan_courier::gateways::Spool;
use pishkhan_courier::{Courier, CourierRules};
use pishkhan_office::dispatch::KINDS;
use pishkhan_web::serve::{ServeRules, serve};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::Outcome;
use crate::child;
use crate::house::House;

pub async fn run(folder: &Path) -> Outcome<()> {
    let house = House::open(folder).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let (stop, stopping) = watch::channel(false);
    let gateway = Box::new(Spool::new(folder.join("spool.jsonl")));
    let courier = Courier::new(house.db.clone(), house.clock.clone(), gateway, &KINDS, CourierRules::default());
    let working = tokio::spawn(courier.work(until(stopping.clone())));
    let app = house.app();
    child::tell_address(listener.local_addr()?);
    // All of the load comes from one address, over connections that stay open.
    let endless = u32::MAX as usize;
    let rules = ServeRules { connections_per_address: endless, requests: endless, ..ServeRules::default() };
    let serving = tokio::spawn(serve(listener, pishkhan_web::router(app), rules, until(stopping)));
    child::until_parent_leaves().await;
    stop.send_replace(true);
    serving.await?;
    working.await?;
    Ok(())
}

async fn until(mut stopping: watch::Receiver<bool>) {
    // An error means that whoever says so is gone, which is a reason to stop as well.
    let _ = stopping.wait_for(|stop| *stop).await;
}
