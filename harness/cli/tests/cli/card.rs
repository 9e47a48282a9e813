//! Virtual cards: listed, talked to, and served to a reader service, whose part is played here
//! by hand on a port of this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::calls::{Ended, call, folder, is_japanese, json};

const SELECT_JPKI: &str = "00A4040C0AD392F000260100000001";
const SELECT_PIN: &str = "00A4020C020018";
/// VERIFY with the PIN 0000, which is nobody's.
const WRONG_PIN: &str = "002000800430303030";
/// The right one of every card made here is 1234.
const RIGHT_PIN: &str = "002000800431323334";

/// No step of these tests takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program, serving. It is ended with the test, whatever the test finds.
struct Serving(Child);

impl Serving {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_madoguchi"));
        command.args(["card", "serve"]).args(arguments);
        Self(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// How it ends by itself.
    fn ended(mut self) -> Ended {
        let (mut out, mut err) = (String::new(), String::new());
        self.0.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        self.0.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        Ended { code: self.0.wait().unwrap().code(), out, err }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The reader's end of one slot.
struct Reader(TcpStream);

impl Reader {
    fn of(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(stream)
    }

    fn accept(listener: &TcpListener) -> Self {
        Self::of(listener.accept().unwrap().0)
    }

    /// A message that is not answered.
    fn say(&mut self, payload: &[u8]) {
        let length = u16::try_from(payload.len()).unwrap().to_be_bytes();
        self.0.write_all(&[&length, payload].concat()).unwrap();
    }

    fn ask(&mut self, payload: &[u8]) -> Vec<u8> {
        self.say(payload);
        let mut length = [0; 2];
        self.0.read_exact(&mut length).unwrap();
        let mut answer = vec![0; usize::from(u16::from_be_bytes(length))];
        self.0.read_exact(&mut answer).unwrap();
        answer
    }

    fn apdu(&mut self, hex: &str) -> Vec<u8> {
        let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        self.ask(&(0..hex.len()).step_by(2).map(byte).collect::<Vec<u8>>())
    }
}

fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (listener, address)
}

#[test]
fn a_served_card_answers_its_reader_and_ends_when_the_reader_goes() {
    let (listener, address) = listener();
    let serving = Serving::start(&["--profile", "adult", "--address", &address, "--log"]);
    let mut reader = Reader::accept(&listener);
    reader.say(&[0x01]);
    let atr = reader.ask(&[0x04]);
    assert_eq!(atr[0], 0x3B, "the direct convention");
    assert_eq!(reader.apdu(SELECT_JPKI), [0x90, 0x00]);
    assert_eq!(reader.apdu(SELECT_PIN), [0x90, 0x00]);
    assert_eq!(reader.apdu("00200080"), [0x63, 0xC3]);
    assert_eq!(reader.apdu(WRONG_PIN), [0x63, 0xC2]);
    assert_eq!(reader.apdu(RIGHT_PIN), [0x90, 0x00]);
    drop(reader);
    let ended = serving.ended();
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), ""), "{ended:?}");
    for line in [
        "[adult] power on\n",
        "[adult] SELECT JPKI · 00A4040C 0AD392F000260100000001 → 9000\n",
        "[adult] VERIFY 0018, tries left? · 00200080 → 63C3\n",
        "[adult] VERIFY 0018 · 00200080 04 ******** → 63C2\n",
        "the reader went away",
    ] {
        assert!(ended.err.contains(line), "{line}: {}", ended.err);
    }
    assert!(!ended.err.contains("31323334"), "a PIN was logged: {}", ended.err);
}

#[test]
fn a_card_in_the_second_slot_is_another_card() {
    // Two ports in a row, whichever are free.
    let (first, second) = (0..100)
        .find_map(|_| {
            let (first, _) = listener();
            let port = first.local_addr().unwrap().port();
            Some((first, TcpListener::bind(("127.0.0.1", port.checked_add(1)?)).ok()?))
        })
        .unwrap();
    let address = first.local_addr().unwrap().to_string();
    let profiles = ["--profile", "adult", "--profile", "adult", "--log"];
    let serving = Serving::start(&[&profiles[..], &["--address", &address]].concat());
    let mut readers = [Reader::accept(&first), Reader::accept(&second)];
    for reader in &mut readers {
        reader.say(&[0x01]);
        reader.apdu(SELECT_JPKI);
        reader.apdu(SELECT_PIN);
        // A wrong PIN at the one card costs the other nothing.
        assert_eq!(reader.apdu(WRONG_PIN), [0x63, 0xC2]);
    }
    drop(readers);
    let ended = serving.ended();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for line in ["[1 adult] SELECT JPKI", "[2 adult] SELECT JPKI"] {
        assert!(ended.err.contains(line), "{line}: {}", ended.err);
    }
}

#[test]
fn a_driver_in_client_mode_finds_a_card_that_listens() {
    let mut serving =
        Serving::start(&["--profile", "adult", "--listen", "--address", "127.0.0.1:0"]);
    let mut told = String::new();
    let mut lines = BufReader::new(serving.0.stderr.take().unwrap());
    lines.read_line(&mut told).unwrap();
    assert!(told.contains("waiting up to 30 s"), "{told}");
    let address = told.trim_end().rsplit(' ').next().unwrap();
    let mut reader = Reader::of(TcpStream::connect(address).unwrap());
    reader.say(&[0x01]);
    assert_eq!(reader.apdu(SELECT_JPKI), [0x90, 0x00]);
    drop(reader);
    assert_eq!(serving.0.wait().unwrap().code(), Some(0));
}

#[test]
fn a_reader_that_breaks_off_in_a_message_ends_with_3() {
    let (listener, address) = listener();
    let serving = Serving::start(&["--profile", "adult", "--address", &address]);
    let mut reader = Reader::accept(&listener);
    // Seven bytes are promised, three come.
    reader.0.write_all(&[0, 7, 0x00, 0xA4, 0x02]).unwrap();
    drop(reader);
    let ended = serving.ended();
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.err.contains("in the middle of a message"), "{}", ended.err);
}

#[test]
#[cfg(unix)]
fn an_interrupt_is_a_clean_end() {
    let (listener, address) = listener();
    let serving = Serving::start(&["--profile", "adult", "--address", &address]);
    let mut reader = Reader::accept(&listener);
    assert_eq!(reader.ask(&[0x04])[0], 0x3B, "it is serving");
    let interrupt = Command::new("kill").args(["-INT", &serving.0.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    let ended = serving.ended();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.err.contains("interrupted"), "{}", ended.err);
    assert_eq!(reader.0.read(&mut [0; 1]).unwrap(), 0, "the slot is empty");
}

#[test]
fn a_phone_whose_holder_confirms_signs_without_a_pin() {
    let folder = folder();
    // SELECT JPKI, then sign three bytes with key 0017 named by its short id.
    let send = ["card", "send", "--profile", "iphone", SELECT_JPKI, "802A009703 414243 00"];
    let ended = call(&folder, &send);
    assert!(ended.out.trim_end().ends_with("→ 6982"), "{ended:?}");
    let ended = call(&folder, &[&send[..], &["--confirm"]].concat());
    assert!(ended.out.trim_end().ends_with(" 9000"), "{ended:?}");
}

#[test]
fn commands_sent_to_a_card_are_answered_by_name() {
    let folder = folder();
    let send = ["card", "send", "--profile", "adult", SELECT_JPKI, "00 a4 02 0c 02 00 18"];
    let ended = call(&folder, &[&send[..], &["00200080"]].concat());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(
        ended.out,
        "SELECT JPKI · 00A4040C 0AD392F000260100000001 → 9000\n\
         SELECT EF 0018 · 00A4020C 020018 → 9000\n\
         VERIFY 0018, tries left? · 00200080 → 63C3\n"
    );
    let ended = call(&folder, &[&send[..], &["00200080", "--format", "json"]].concat());
    let exchange = &json(&ended.out)["exchanges"][2];
    assert_eq!((&exchange["status"], &exchange["data"]), (&"63C3".into(), &"".into()));
}

#[test]
fn the_list_names_every_card_with_its_test_passwords() {
    let folder = folder();
    for (lang, japanese) in [("ja", true), ("en", false)] {
        let ended = call(&folder, &["--lang", lang, "card", "list"]);
        assert_eq!((ended.code, is_japanese(&ended.out)), (Some(0), japanese), "{ended:?}");
        for word in ["adult", "iphone", "TEST", "1234"] {
            assert!(ended.out.contains(word), "{word}: {}", ended.out);
        }
    }
}

#[test]
fn the_test_authorities_are_written_as_two_certificates_in_der() {
    let folder = folder();
    let ended = call(&folder, &["card", "authorities", "--out", "trust/me-not"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for name in ["TEST-user-authentication.cer", "TEST-digital-signature.cer"] {
        assert!(ended.out.contains(name), "{}", ended.out);
        let der = std::fs::read(folder.path().join("trust/me-not").join(name)).unwrap();
        // A SEQUENCE whose length follows in two bytes.
        let length = usize::from(u16::from_be_bytes([der[2], der[3]]));
        assert_eq!((&der[..2], length + 4), (&[0x30, 0x82][..], der.len()));
        assert!(der.windows(9).any(|word| word == b"JPKI-TEST"), "it says that it is TEST");
    }
    std::fs::write(folder.path().join("a-file"), "").unwrap();
    let ended = call(&folder, &["--lang", "ja", "card", "authorities", "--out", "a-file"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(is_japanese(&ended.err) && ended.err.contains("--out"), "{}", ended.err);
}

#[test]
fn every_wrong_call_says_whose_fault_it_is_in_the_language_asked_for() {
    let folder = folder();
    // A port that was free a moment ago, so that nobody is there.
    let (_, nobody) = listener();
    let taken = listener();
    let calls: [(&[&str], i32, &str); 7] = [
        (&["card", "serve", "--profile", "adlut"], 2, "did you mean `adult`?"),
        (&["card", "send", "--profile", "adlut", "00"], 2, "did you mean `adult`?"),
        (&["card", "send", "--profile", "adult", "00A4Z4"], 2, "`Z` is no hexadecimal digit"),
        (&["card", "send", "--profile", "adult", "00A"], 2, "an odd number of digits"),
        (
            &["card", "serve", "--profile", "adult", "--address", "0.0.0.0:35963"],
            2,
            "--any-address",
        ),
        (
            &["card", "serve", "--profile", "adult", "--wait", "0", "--address", &nobody],
            3,
            "start a pcscd",
        ),
        (
            &["card", "serve", "--profile", "adult", "--listen", "--address", &taken.1],
            3,
            "choose another --address",
        ),
    ];
    for (arguments, code, expected) in calls {
        let in_lang = |lang| call(&folder, &[&["--lang", lang], arguments].concat());
        let (ja, en) = (in_lang("ja"), in_lang("en"));
        assert_eq!((ja.code, en.code), (Some(code), Some(code)), "{arguments:?}: {en:?}");
        assert!(en.err.contains(expected), "{arguments:?}: {}", en.err);
        assert!(is_japanese(&ja.err) && !is_japanese(&en.err), "{arguments:?}: {}", ja.err);
    }
}
