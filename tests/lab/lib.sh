# Shell library of the guest jobs: checks, waits, the initiator. lio.sh and fc.sh, read at the end, have the target.
# An exec costs 30-80 ms in the guest, so builtins are preferred throughout.
# shellcheck shell=bash

LAB_INITIATOR=iqn.2020-01.com.example:lab.host
LAB_OK=0
LAB_NOT_OK=0

# ---- checks: one line each, "ok NAME" or "not ok NAME", details behind "# " --------------------------------------------

lab_ok() { LAB_OK=$((LAB_OK + 1)); echo "ok $1"; }
lab_not_ok() {
    LAB_NOT_OK=$((LAB_NOT_OK + 1))
    echo "not ok $1"
    note "$2"
}

# check NAME CMD...: CMD succeeds.
check() {
    local name=$1 out rc=0
    shift
    out=$("$@" 2>&1) || rc=$?
    if [ $rc = 0 ]; then lab_ok "$name"; else lab_not_ok "$name" "exit $rc: $*
$out"; fi
}

# check_rc NAME WANTED CMD...: CMD exits with exactly WANTED. Its output is kept in $OUT for further checks.
check_rc() {
    local name=$1 wanted=$2 rc=0
    shift 2
    OUT=$("$@" 2>&1) || rc=$?
    if [ "$rc" = "$wanted" ]; then lab_ok "$name"; else lab_not_ok "$name" "exit $rc, wanted $wanted: $*
$OUT"; fi
}

# rc NAME WANTED CMD...: the same, with stdout in $OUT and stderr in $ERR.
rc() {
    local name=$1 wanted=$2 rc=0
    shift 2
    OUT=$("$@" 2>/run/err) || rc=$?
    ERR=$(</run/err)
    if [ "$rc" = "$wanted" ]; then lab_ok "$name"; else lab_not_ok "$name" "exit $rc, wanted $wanted: $*
$OUT
$ERR"; fi
}

# check_eq NAME GOT WANTED
check_eq() {
    if [ "$2" = "$3" ]; then lab_ok "$1"; else lab_not_ok "$1" "got:    $2
wanted: $3"; fi
}

# check_match NAME TEXT GLOB: a shell pattern, unquoted meaning.
check_match() {
    # shellcheck disable=SC2053
    if [[ $2 == $3 ]]; then lab_ok "$1"; else lab_not_ok "$1" "got:     $2
pattern: $3"; fi
}

# note TEXT: lines that count nothing (a measured time, say).
note() { echo "# ${*//$'\n'/$'\n'# }"; }

lab_died() {
    trap - ERR
    lab_not_ok "the job ran to its end" "$2 line $3, exit $1: $4"
    exit 1
}
lab_done() { echo "done $((LAB_OK + LAB_NOT_OK))"; [ "$LAB_NOT_OK" = 0 ]; }

# ---- time --------------------------------------------------------------------------------------------------------------

now_ms() { local us=${EPOCHREALTIME/[.,]/}; echo $((us / 1000)); }

# await SECONDS CMD...: until CMD succeeds, at most SECONDS; exit 1 when it never did.
await() {
    local end=$((${EPOCHREALTIME/[.,]/} + $1 * 1000000))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "${EPOCHREALTIME/[.,]/}" -lt $end ] || return 1
        nap
    done
}
# A twentieth of a second without an exec: a read that nobody answers.
exec {LAB_NEVER}<> <(:)
nap() { read -r -t 0.05 -u "$LAB_NEVER" || :; }

# fails CMD...: the opposite exit, for await and check.
fails() { ! "$@"; }

# write_attr FILE TEXT: one write to a sysfs or configfs file, with the exit code of that write.
write_attr() { echo "$2" >"$1"; }

# ---- a program that is struck in its work -------------------------------------------------------------------------------

# struck SIGNAL EVENT KEY CMD...: runs CMD and sends it SIGNAL when the open journal gets a line of this event of a key that begins so.
# Sets $RC, and $HIT to yes when the line came. CMD runs in short slices and stands still while its journal is read, so that on a busy
# machine too it is not over before its line is seen.
struck() {
    local signal=$1 event=$2 key=$3 pid file fd='' line
    shift 3
    HIT=no RC=0
    "$@" >/run/struck.out 2>/run/struck.err &
    pid=$!
    while [ $HIT = no ] && [ -e /proc/$pid/exe ]; do
        kill -STOP $pid 2>/dev/null || break
        if [ -z "$fd" ]; then
            for file in "$SANCTL_STATE_DIR"/attachments/*.jsonl; do [ ! -e "$file" ] || exec {fd}<"$file"; done
        fi
        while [ -n "$fd" ] && IFS= read -r line <&"$fd"; do
            if [[ $line == *"\"event\":\"$event\",\"key\":\"$key"* ]]; then
                kill -"$signal" $pid && HIT=yes
                break
            fi
        done
        kill -CONT $pid 2>/dev/null || :
        [ $HIT = yes ] || read -r -t 0.002 -u "$LAB_NEVER" || :
    done
    [ -z "$fd" ] || exec {fd}<&-
    wait $pid 2>/dev/null || RC=$?
}

# ---- initiator ---------------------------------------------------------------------------------------------------------

# start_iscsid [INITIATOR]
start_iscsid() {
    LAB_INITIATOR=${1:-$LAB_INITIATOR}
    echo "InitiatorName=$LAB_INITIATOR" >/etc/iscsi/initiatorname.iscsi
    iscsid
    await 10 iscsid_answers
}
# Exit 20 means no daemon; without a session a living one gives 21.
iscsid_answers() { local rc=0; iscsiadm -m session || rc=$?; [ $rc = 0 ] || [ $rc = 21 ]; }

# start_multipathd: only where a job wants maps; without it two paths stay two disks.
start_multipathd() {
    [ -e /etc/multipath.conf ] || printf 'defaults {\n  find_multipaths no\n  polling_interval 2\n}\n' >/etc/multipath.conf
    modprobe -a dm_round_robin dm_service_time dm_queue_length
    multipathd
    await 10 multipathd_answers
}
multipathd_answers() { [[ $(multipathd show daemon) == *pid*idle* ]]; }

# node_record IQN PORTAL [TPGT]: makes a record with scan manual, never by discovery.
node_record() {
    iscsiadm -m node -T "$1" -p "$2,${3:-1}" -o new
    iscsiadm -m node -T "$1" -p "$2" -o update -n node.session.scan -v manual
}
login() { iscsiadm -m node -T "$1" -p "$2" --login; }
logout() { iscsiadm -m node -T "$1" -p "$2" --logout; }
forget() { iscsiadm -m node -T "$1" -p "$2" -o delete; }

# host_of IQN PORTAL: SCSI host number of the session; nothing and exit 1 without one.
host_of() {
    local conn address port sid host
    for conn in /sys/class/iscsi_connection/connection*; do
        [ -e "$conn/persistent_address" ] || continue
        address=$(<"$conn/persistent_address") port=$(<"$conn/persistent_port")
        [ "$address:$port" = "$2" ] || continue
        sid=${conn##*connection} sid=${sid%%:*}
        [ "$(<"/sys/class/iscsi_session/session$sid/targetname")" = "$1" ] || continue
        for host in /sys/class/iscsi_host/host*/device/session"$sid"; do
            [ -e "$host" ] || continue
            host=${host#/sys/class/iscsi_host/host}
            echo "${host%%/*}"
            return 0
        done
    done
    return 1
}
# scan_lun HOST LUN: asks for exactly this LUN.
scan_lun() { echo "0 0 $2" >"/sys/class/scsi_host/host$1/scan"; }
# disk_of HOST LUN: the block device's name; exit 1 without one.
disk_of() {
    local d
    for d in "/sys/class/scsi_device/$1:0:0:$2/device/block/"*; do
        [ -e "$d" ] || return 1
        echo "${d##*/}"
        return 0
    done
}
# wwid_of DISK: as the kernel has it in its cache, without "naa."
wwid_of() { local w; w=$(<"/sys/block/$1/device/wwid"); echo "${w#naa.}"; }

# attach_by_hand IQN PORTAL LUN: record, login, scan; sets $HOST and $DISK.
attach_by_hand() {
    node_record "$1" "$2" >/dev/null
    login "$1" "$2" >/dev/null
    HOST=$(host_of "$1" "$2")
    scan_lun "$HOST" "$3"
    await 10 disk_of "$HOST" "$3"
    DISK=$(disk_of "$HOST" "$3")
}

# node_info FILE IQN LUN PORTAL...: a connection info for LUN over these portals of the target.
node_info() {
    local file=$1 iqn=$2 lun=$3 portals iqns luns
    shift 3
    portals=$(printf '"%s",' "$@") iqns=$(printf "\"$iqn\"%.0s," "$@") luns=$(printf "$lun%.0s," "$@")
    printf '{"driver_volume_type":"iscsi","data":{"target_portals":[%s],"target_iqns":[%s],"target_luns":[%s]}}' \
        "${portals%,}" "${iqns%,}" "${luns%,}" >"$file"
}

# state_snapshot: what the initiator side holds, sorted, to compare before and after.
state_snapshot() {
    local p w
    for p in /sys/class/iscsi_session/session*; do
        [ -e "$p" ] && echo "session ${p##*/session} $(<"$p/targetname") $(<"$p/state")"
    done
    shopt -s globstar nullglob
    for p in /etc/iscsi/nodes/**; do [ -f "$p" ] && echo "record ${p#/etc/iscsi/nodes/}"; done
    for p in /sys/class/scsi_device/*; do
        w=-
        [ ! -e "$p/device/wwid" ] || w=$(<"$p/device/wwid") || w=unreadable
        echo "scsi ${p##*/} $w $(<"$p/device/state")"
    done
    for p in /sys/block/dm-*; do echo "dm $(<"$p/dm/name") $(<"$p/dm/uuid") $(<"$p/size")"; done
    shopt -u globstar nullglob
}

. /lab/share/lio.sh
. /lab/share/fc.sh
. /lab/share/array.sh
