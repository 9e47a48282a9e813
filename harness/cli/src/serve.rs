//! `madoguchi card serve`: virtual cards in the slots of a real reader service.
//!
//! The driver vpcd of the vsmartcard project is a reader whose cards are at the other end of a
//! socket. What is said over it is [`pcsc_sim::vpcd`]; here are the sockets, one thread a card.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use madoguchi_reference::lang::{Bilingual, Lang};
use pcsc_sim::SmartCard;
use pcsc_sim::transcript::Transcript;
use pcsc_sim::vpcd::{self, Request, Requests};

use crate::args::ServeArgs;
use crate::exit::{CONFORMANT, Failure};
use crate::out;

/// Between two attempts to reach a reader service that is not there yet.
const PAUSE: Duration = Duration::from_millis(100);
/// A reader service on this machine answers at once; elsewhere it gets so long.
const CONNECT_MAX: Duration = Duration::from_secs(2);
/// A whole message of the driver fits.
const BUFFER_BYTES: usize = 1 << 16;

/// A card and where its slot is.
pub(crate) struct Slot {
    /// What the card is called in what is told.
    pub(crate) label: String,
    pub(crate) card: Box<dyn SmartCard>,
}

/// Serves every card until its reader goes away, the program is interrupted, or something fails.
pub(crate) fn serve(slots: Vec<Slot>, args: &ServeArgs, lang: Lang) -> Result<u8, Failure> {
    let addresses = addresses(args, slots.len())?;
    let farewell =
        lang.pick("中断されました。カードを抜きます", "interrupted; the cards are pulled");
    ctrlc::set_handler(move || {
        out::error(farewell);
        // The sockets close with the process, and a closed socket is an empty slot.
        std::process::exit(i32::from(CONFORMANT));
    })
    .map_err(|e| Failure::Harness(e.to_string()))?;
    let (ended, endings) = mpsc::channel();
    for (slot, address) in slots.into_iter().zip(addresses) {
        let (ended, how) = (ended.clone(), How { listen: args.listen, log: args.log, lang });
        let wait = Duration::from_secs(args.wait);
        std::thread::spawn(move || {
            // Nobody listens any more once another slot has failed.
            let _ = ended.send(how.slot(slot, address, wait));
        });
    }
    drop(ended);
    endings.iter().collect::<Result<(), Failure>>()?;
    Ok(CONFORMANT)
}

/// The address of each slot: the driver gives the slots of one reader consecutive ports.
fn addresses(args: &ServeArgs, slots: usize) -> Result<Vec<SocketAddr>, Failure> {
    let first = args.address;
    if !first.ip().is_loopback() && !args.any_address {
        return Err(Failure::Author(Bilingual::new(
            format!(
                "{first} はこのコンピューターの外とつながる宛先です。カードを外に見せるのでなければ \
                 127.0.0.1 を、外に見せるのであれば --any-address を付けてください"
            ),
            format!(
                "{first} is not an address inside this machine; use 127.0.0.1, or add \
                 --any-address if the card is meant to be reached over a network"
            ),
        )));
    }
    let port = |slot: usize| match first.port() {
        // The system chooses a free one each time.
        0 => Some(0),
        port => u16::try_from(slot).ok().and_then(|slot| port.checked_add(slot)),
    };
    let all = (0..slots).map(|slot| Some(SocketAddr::new(first.ip(), port(slot)?)));
    all.collect::<Option<_>>().ok_or_else(|| {
        Failure::Author(Bilingual::new(
            format!("{first} の後に、カード {slots} 枚分の番号のポートがありません"),
            format!("after {first} there are not enough ports for {slots} cards"),
        ))
    })
}

/// How cards are served.
struct How {
    listen: bool,
    log: bool,
    lang: Lang,
}

impl How {
    fn slot(&self, mut slot: Slot, address: SocketAddr, wait: Duration) -> Result<(), Failure> {
        let mut stream = match self.listen {
            true => self.accept(&slot.label, address, wait)?,
            false => self.connect(&slot.label, address, wait)?,
        };
        let peer = stream.peer_addr().unwrap_or(address);
        self.tell(&slot.label, "リーダーとつながりました", "a reader is connected", &peer);
        let ended = self.converse(&mut stream, &mut slot);
        slot.card.power_off();
        match ended {
            Ok(true) => {
                self.tell(&slot.label, "リーダーが離れました", "the reader went away", &peer);
                Ok(())
            }
            Ok(false) => Err(Failure::Settings(Bilingual::new(
                format!("{peer} は電文の途中で切れました。そこにいるのは本当に vpcd ですか"),
                format!("{peer} broke off in the middle of a message; is it really a vpcd?"),
            ))),
            Err(broken) => Err(Failure::Settings(Bilingual::new(
                format!("{peer} との接続が壊れました: {broken}"),
                format!("the connection to {peer} broke: {broken}"),
            ))),
        }
    }

    /// Reaches a driver in server mode, which may still be starting.
    fn connect(
        &self,
        label: &str,
        address: SocketAddr,
        wait: Duration,
    ) -> Result<TcpStream, Failure> {
        let last = Instant::now() + wait;
        let mut told = false;
        loop {
            let error = match TcpStream::connect_timeout(&address, CONNECT_MAX) {
                Ok(stream) => return Ok(stream),
                Err(error) => error,
            };
            if Instant::now() >= last {
                return Err(no_server(address, wait, &error));
            }
            if !told {
                self.tell_wait(label, address, wait);
                told = true;
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Lets a driver in client mode reach us.
    fn accept(
        &self,
        label: &str,
        address: SocketAddr,
        wait: Duration,
    ) -> Result<TcpStream, Failure> {
        let taken = |error: io::Error| {
            Failure::Settings(Bilingual::new(
                format!(
                    "{address} では待ち受けられません: {error}。別の --address を選んでください"
                ),
                format!("cannot listen on {address}: {error}; choose another --address"),
            ))
        };
        let listener = TcpListener::bind(address).map_err(taken)?;
        listener.set_nonblocking(true).map_err(taken)?;
        self.tell_wait(label, listener.local_addr().map_err(taken)?, wait);
        let last = Instant::now() + wait;
        loop {
            match listener.accept() {
                Ok((stream, _)) => {
                    stream.set_nonblocking(false).map_err(taken)?;
                    return Ok(stream);
                }
                Err(_) if Instant::now() >= last => return Err(no_client(address, wait)),
                Err(_) => std::thread::sleep(PAUSE),
            }
        }
    }

    /// Answers until the reader goes away; `false` if it went in the middle of a message.
    fn converse(&self, stream: &mut TcpStream, slot: &mut Slot) -> io::Result<bool> {
        // Answers are small and waited for.
        stream.set_nodelay(true)?;
        let mut requests = Requests::default();
        let mut transcript = Transcript::default();
        let mut buffer = vec![0; BUFFER_BYTES];
        loop {
            let length = match stream.read(&mut buffer) {
                Ok(length) => length,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                // A service that was killed leaves no farewell.
                Err(error) if is_gone(&error) => 0,
                Err(error) => return Err(error),
            };
            if length == 0 {
                return Ok(requests.is_between_messages());
            }
            requests.push(&buffer[..length]);
            for request in requests.by_ref() {
                let answer = request.put_to(slot.card.as_mut());
                if self.log {
                    log(&slot.label, &mut transcript, &request, answer.as_deref());
                }
                if let Some(answer) = answer {
                    let message = vpcd::message(&answer).map_err(io::Error::other)?;
                    match stream.write_all(&message) {
                        Err(error) if !is_gone(&error) => return Err(error),
                        // Reading tells that it went.
                        _ => {}
                    }
                }
            }
        }
    }

    fn tell_wait(&self, label: &str, address: SocketAddr, wait: Duration) {
        let seconds = wait.as_secs();
        let (ja, en) = match self.listen {
            true => ("秒まで、次の宛先でリーダーを待ちます", "s for a reader to connect to"),
            false => ("秒まで、次の宛先のリーダーを待ちます", "s for a reader at"),
        };
        let (ja, en) = (format!("{seconds} {ja}"), format!("waiting up to {seconds} {en}"));
        self.tell(label, &ja, &en, &address);
    }

    fn tell(&self, label: &str, ja: &str, en: &str, address: &SocketAddr) {
        out::error(&format!("[{label}] {}: {address}", self.lang.pick(ja, en)));
    }
}

/// One request in the log. Readers ask for the answer to reset several times a second, to see
/// whether the card is still there; that is left out.
fn log(label: &str, transcript: &mut Transcript, request: &Request, answer: Option<&[u8]>) {
    let line = match request {
        Request::Apdu(command) => transcript.line(command, answer.unwrap_or_default()),
        Request::PowerOn => "power on".to_owned(),
        Request::PowerOff => "power off".to_owned(),
        Request::Reset => "reset".to_owned(),
        Request::Atr | Request::Nothing => return,
    };
    if !matches!(request, Request::Apdu(_)) {
        transcript.start_over();
    }
    out::error(&format!("[{label}] {line}"));
}

fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)
}

/// No driver in server mode was there in time.
fn no_server(address: SocketAddr, wait: Duration, error: &io::Error) -> Failure {
    let seconds = wait.as_secs();
    Failure::Settings(Bilingual::new(
        format!(
            "{seconds} 秒待ちましたが、{address} に vpcd がいません ({error})。vpcd を \
             サーバーモード (DEVICENAME /dev/null:0x8C7B) で設定した pcscd を起動するか、\
             --address を確かめてください。vpcd の方からつなぐ設定なら --listen です"
        ),
        format!(
            "no vpcd at {address} within {seconds} s ({error}); start a pcscd that has vpcd in \
             server mode (DEVICENAME /dev/null:0x8C7B), or look at --address; if the driver is \
             set up to connect to us, use --listen"
        ),
    ))
}

/// No driver in client mode came in time.
fn no_client(address: SocketAddr, wait: Duration) -> Failure {
    let seconds = wait.as_secs();
    Failure::Settings(Bilingual::new(
        format!(
            "{seconds} 秒待ちましたが、{address} に vpcd がつながりません。vpcd を \
             クライアントモード (DEVICENAME ホスト名:ポート) で設定した pcscd を起動してください"
        ),
        format!(
            "no vpcd connected to {address} within {seconds} s; start a pcscd that has vpcd in \
             client mode (DEVICENAME host:port)"
        ),
    ))
}
