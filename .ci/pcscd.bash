# A real pcscd with a virtual reader, for the lanes that let real software meet the virtual card.
# Sourced by them; they set `work`, a folder of their own, and `madoguchi`, the program.
#
# pcscd is one for the whole machine: its socket has one fixed path. So these lanes run one after
# the other, as root, and never beside a pcscd that somebody else runs. Only processes started
# here are ended, by their ids.

card_log="$work/card.log"
pcscd_id=
card_id=

# What could not be run, with the reason; `.ci/run` collects these lines.
not_run() { printf 'NOT RUN: %s\n' "$*"; }

# What the lanes need, from Debian if it may be installed. Ends with 77 if that cannot be.
need_pcscd() {
    local lane=$1 missing
    local -a packages=(opensc pcscd vsmartcard-vpcd libpcsclite-dev pkg-config openssl
        iproute2 util-linux)
    # Most containers have no package lists and no service; neither is an error of ours.
    if [ "$(id -u)" != 0 ]; then
        not_run "$lane: needs root, because the socket of pcscd is the machine's"
        exit 77
    fi
    if ! command -v apt-get >/dev/null; then
        not_run "$lane: needs ${packages[*]} of Debian, and there is no apt-get here"
        exit 77
    fi
    missing=$(missing_of "${packages[@]}")
    if [ -n "$missing" ]; then
        export DEBIAN_FRONTEND=noninteractive
        # shellcheck disable=SC2086 # a list of words
        if ! { timeout 120 apt-get update -q &&
            timeout 240 apt-get install -q -y --no-install-recommends $missing; } \
            >"$work/apt.log" 2>&1; then
            tail -n 5 "$work/apt.log"
            not_run "$lane: apt-get could not install" $missing
            exit 77
        fi
    fi
    if ! unshare -n true 2>/dev/null; then
        not_run "$lane: needs a network namespace (unshare -n), which is refused here"
        exit 77
    fi
    if pidof pcscd >/dev/null; then
        not_run "$lane: a pcscd runs on this machine that this lane has not started"
        exit 77
    fi
}

missing_of() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            printf '%s ' "$package"
    done
}

# The driver listens on all addresses in server mode; its other mode crashes this pcscd when a
# slot is empty. So it gets a network of its own, with nothing in it but itself and the card.
start_pcscd() {
    mkdir -p "$work/conf.d"
    cat >"$work/conf.d/vpcd" <<CONF
FRIENDLYNAME "JPKI Sim Reader"
DEVICENAME   /dev/null:0x8C7B
LIBPATH      /usr/lib/pcsc/drivers/serial/libifdvpcd.so
CHANNELID    0x8C7B
CONF
    # Left over by one that was killed.
    rm -f /run/pcscd/pcscd.comm /run/pcscd/pcscd.pid
    unshare -n sh -c 'ip link set lo up && exec pcscd --foreground --info --config "$0"' \
        "$work/conf.d" >"$work/pcscd.log" 2>&1 &
    pcscd_id=$!
    until_true "pcscd is up" test -S /run/pcscd/pcscd.comm
}

# A fresh card in the reader, instead of the one that was there: `madoguchi card serve …`.
fresh_card() {
    take_card
    nsenter --target "$pcscd_id" --net "$madoguchi" card serve --log "$@" >>"$card_log" 2>&1 &
    card_id=$!
    until_true "the card is seen" opensc-tool --atr
}

take_card() {
    [ -n "$card_id" ] || return 0
    end "$card_id"
    card_id=
    until_true "the card is gone" no_card
}

no_card() { ! opensc-tool --atr; }

stop_pcscd() {
    local id
    for id in $card_id $pcscd_id; do end "$id"; done
    card_id=
    pcscd_id=
}

# Ends one process of ours and waits for it.
end() {
    kill -TERM "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

# Asks five times a second, for at most twenty seconds.
until_true() {
    local what=$1 attempt
    shift
    for attempt in $(seq 100); do
        if "$@" >/dev/null 2>&1; then return 0; fi
        sleep 0.2
    done
    printf 'after %s attempts still not so: %s\n' "$attempt" "$what"
    tail -n 20 "$work/pcscd.log" "$card_log" 2>/dev/null || true
    return 1
}
