# Shell library of the guest jobs: checks, waits, the initiator. The files read at the end have the target and more.
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

# await SECONDS CMD...: until CMD succeeds, at most SECONDS; exit 1 when it never did. It rests as long as CMD took, so that what is
# waited for is not kept from its work.
await() {
    local end=$((${EPOCHREALTIME/[.,]/} + $1 * 1000000)) asked now
    shift
    while :; do
        asked=${EPOCHREALTIME/[.,]/}
        ! "$@" >/dev/null 2>&1 || return 0
        now=${EPOCHREALTIME/[.,]/}
        [ "$now" -lt $end ] || return 1
        nap $((now - asked))
    done
}
# As many microseconds, at least a twentieth of a second and at most a whole one, without an exec: a read that nobody answers.
exec {LAB_NEVER}<> <(:)
nap() {
    local us=${1:-0} span
    printf -v span '%d.%06d' $((us / 1000000)) $((us % 1000000))
    [ "$us" -gt 50000 ] || span=0.05
    [ "$us" -lt 1000000 ] || span=1
    read -r -t "$span" -u "$LAB_NEVER" || :
}

# fails CMD...: the opposite exit, for await and check.
fails() { ! "$@"; }

# write_attr FILE TEXT: one write to a sysfs or configfs file, with the exit code of that write.
write_attr() { echo "$2" >"$1"; }

# ---- the program -------------------------------------------------------------------------------------------------------

# configure_node: the program's state and its configuration on a node that has no array to ask.
configure_node() {
    export SANCTL_STATE_DIR=/run/sanctl SANCTL_CONFIG=/run/config.toml
    printf '[node]\nname = "lab"\n' >$SANCTL_CONFIG
}

# node_attach FILE [ARG...], node_detach WWID [ARG...], node_status WWID [ARG...]: the node's half alone, FILE being a connection info.
node_attach() { sanctl attach --node-only --connection-info "$@"; }
node_detach() { sanctl detach wwid:"$1" --node-only "${@:2}"; }
node_status() { sanctl status wwid:"$1" --node-only "${@:2}"; }
# status_is WWID STATE, for await.
status_is() { [ "$(node_status "$1" -o json | jq -r '.items[0].state')" = "$2" ]; }

# begin CMD...: in the background, so that $! is the program that CMD runs at its end and not a shell that waits for it.
begin() { (sanctl() { exec sanctl "$@"; } && "$@") & }

# settle: until udev has done what it was told of. after_udev CMD...: CMD then, for udev has every new disk open for a moment; or after
# a minute, for its programs may hang in a map that waits for a path.
settle() { udevadm settle --timeout=60; }
after_udev() { settle || :; "$@"; }

# ---- initiator ---------------------------------------------------------------------------------------------------------

# start_iscsid [INITIATOR]
start_iscsid() {
    LAB_INITIATOR=${1:-$LAB_INITIATOR}
    echo "InitiatorName=$LAB_INITIATOR" >/etc/iscsi/initiatorname.iscsi
    # A portal that no longer answers is noticed after 6 s rather than 10; one that is slow gets as long as ever.
    sed -i 's/^\(node.conn\[0\].timeo.noop_out_interval\) = .*/\1 = 1/' /etc/iscsi/iscsid.conf
    iscsid
    await 60 iscsid_answers
}
# Exit 20 means no daemon; without a session a living one gives 21.
iscsid_answers() { local rc=0; iscsiadm -m session || rc=$?; [ $rc = 0 ] || [ $rc = 21 ]; }

# start_multipathd [FIND [SECTION]]: only where a job wants maps; without it two paths stay two disks.
start_multipathd() {
    write_multipath_conf "$@"
    modprobe -a dm_round_robin dm_service_time dm_queue_length
    multipathd
    await 60 multipathd_answers
}
# configure_multipathd FIND [SECTION]: the same with one that runs.
configure_multipathd() {
    write_multipath_conf "$@"
    multipathd reconfigure >/dev/null
    await 60 multipathd_answers
}
# FIND is what find_multipaths shall be (strict). Most of what a job waits for is the checker of paths: it comes by as often as it can.
write_multipath_conf() {
    printf 'defaults {\n  find_multipaths %s\n  polling_interval 1\n  max_polling_interval 1\n}\n%b' "${1:-strict}" "${2-}" >/etc/multipath.conf
}
multipathd_answers() { [[ $(multipathd show daemon) == *pid*idle* ]]; }

# active_paths WWID N, failed_paths WWID N: so many paths of the LUN's map take commands; so many has the map given up. The ones that the
# kernel holds back meanwhile are neither.
active_paths() { [ "$(multipathd show paths raw format '%w %t %o' | grep -c "^3$1 active running")" = "$2" ]; }
failed_paths() { [ "$(multipathd show paths raw format '%w %t' | grep -c "^3$1 failed")" = "$2" ]; }
# map_id DEVICE: the uuid of the map that a device, or a link to one, is; nothing and an error if it is none.
map_id() { local dm; dm=$(readlink -f "$1") && echo "$(<"/sys/block/${dm##*/}/dm/uuid")"; }

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
    await 60 disk_of "$HOST" "$3"
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
. /lab/share/kill-nine.sh
