//! A service for every thread. Alone in its process, because it reaches into every test there.
#![expect(clippy::disallowed_methods, reason = "this test is about threads")]

use std::thread;

use pcsc_sim::{Context, Error, Scope, Service};

#[test]
fn a_service_for_every_thread_serves_threads_that_have_none() {
    let listed = || thread::spawn(|| Context::establish(Scope::User)?.list_readers_len()).join();
    assert_eq!(listed().unwrap(), Err(Error::NoService));

    let of_thread = Service::new().reader("Desk Reader").install();
    assert_eq!(listed().unwrap(), Err(Error::NoService), "it is this thread's only");
    drop(of_thread);

    let of_process = Service::new().reader("Desk Reader").install_everywhere();
    assert_eq!(listed().unwrap(), Ok("Desk Reader 00 00".len() + 2), "two zero bytes behind");
    drop(of_process);
    assert_eq!(listed().unwrap(), Err(Error::NoService));
}
