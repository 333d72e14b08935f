# A program that is struck in its work, at one step or at every one. Read by lib.sh.
# shellcheck shell=bash

# struck SIGNAL EVENT KEY CMD...: runs CMD and sends it SIGNAL when the open journal gets a line of this event of a key that begins so.
# Sets $RC, and $HIT to yes when the line came. CMD runs in short slices and stands still while its journal is read, so that on a busy
# machine too it is not over before its line is seen.
struck() {
    local signal=$1 event=$2 key=$3 pid file fd='' line out=/run/struck.out end=$((SECONDS + 120))
    shift 3
    HIT=no RC=0
    # The last line of a journal comes just before what is said on stdout: who is to be killed waits there for a reader in vain.
    [ "$signal" != KILL ] || { full_pipe && out=/run/full; }
    begin "$@" >$out 2>/run/struck.err
    pid=$!
    while [ $HIT = no ] && [ -e /proc/$pid/exe ] && [ $SECONDS -lt $end ]; do
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
    # What waits for a reader of its output was not hit.
    [ $HIT = yes ] || kill -KILL $pid 2>/dev/null || :
    wait $pid 2>/dev/null || RC=$?
}

# A pipe, /run/full, that takes no more.
full_pipe() {
    [ ! -p /run/full ] || return 0
    mkfifo /run/full
    exec {LAB_FULL}<>/run/full
    head -c 65536 /dev/zero >&"$LAB_FULL"
}

# strike BACK SIGNAL EVENT KEY CMD...: struck; on a busy machine CMD may be over before its line is read: then BACK, and again.
strike() {
    local back=$1 n
    shift
    for n in 1 2 3 4 5; do
        struck "$@"
        [ $HIT = no ] || return 0
        [ $n = 5 ] || "$back" >/run/out 2>&1
        settle
    done
}

# node_is_clean NAME: as in $before, multipathd has no LUN on its list, and no journal is open.
node_is_clean() {
    check_eq "$1: the node is as before" "$(state_snapshot)" "$before"
    check_eq "$1: multipathd forgets it" "$(listed_wwids)" 0
    [ "$(listed_wwids)" = 0 ] || : >/etc/multipath/wwids # what this kill left is not held against the next
    check_eq "$1: no journal is open" "$(echo "$SANCTL_STATE_DIR"/attachments/*.jsonl)" "$SANCTL_STATE_DIR/attachments/*.jsonl"
}
listed_wwids() { if [ -e /etc/multipath/wwids ]; then grep -c '^/' /etc/multipath/wwids || :; else echo 0; fi; }

# status_reads NAME: whole or with findings.
status_reads() {
    local rc=0
    OUT=$(show_status 2>&1) || rc=$?
    check_match "$1: status reads" " $rc " ' [03] '
}

# kill_at_every_step ['EVENT KEY'...]: kills attach and detach of one LUN wherever an undisturbed run begins a step of another kind, and
# at these events too. Sets $STEPS, what all of them were. After each, by turns: attach again and detach, detach after a look, and
# detach at once, while a child of the killed process may still be at work.
# The job has made functions: attach_lun and detach_lun, which take options; show_status; is_attached NAME, which checks what
# attach_lun said in $OUT; is_clean NAME, which checks that all is as before.
kill_at_every_step() {
    local ups downs point event key way nth=0 ways=(attach detach at-once)
    rc 'undisturbed: attach' 0 attach_lun --progress jsonl
    ups=$(steps started)
    rc 'undisturbed: attach again' 0 attach_lun -q
    is_attached 'undisturbed'
    settle
    rc 'undisturbed: detach' 0 detach_lun --progress jsonl
    downs=$(steps undo_started)
    is_clean 'undisturbed'
    for point in "$@"; do
        case $point in und*) downs+=$'\n'$point ;; *) ups+=$'\n'$point ;; esac
    done
    STEPS="$ups $downs"
    note "${STEPS//$'\n'/, }"

    while read -r event key; do
        way=${ways[nth++ % 3]} point="attach killed at $event $key, $way"
        strike detach_lun KILL "$event" "$key" attach_lun -q
        check_eq "$point" "$HIT $RC" 'yes 137'
        [ "$way" = at-once ] || status_reads "$point"
        if [ "$way" = attach ]; then
            rc "$point: attach again" 0 attach_lun -q
            is_attached "$point"
        fi
        [ "$way" = at-once ] || settle
        rc "$point: detach" 0 detach_lun
        is_clean "$point"
    done <<<"$ups"

    while read -r event key; do
        way=${ways[nth++ % 3]} point="detach killed at $event $key, $way"
        rc "$point: attach" 0 attach_lun -q
        settle
        strike attach_lun KILL "$event" "$key" detach_lun
        check_eq "$point" "$HIT $RC" 'yes 137'
        [ "$way" = at-once ] || status_reads "$point"
        if [ "$way" = attach ]; then
            rc "$point: attach again" 0 attach_lun -q
            is_attached "$point"
            settle
        fi
        rc "$point: detach again" 0 detach_lun
        is_clean "$point"
    done <<<"$downs"
}
# kill_once_listed: kills an attach between two lines of its journal, when multipathd has the LUN on its list and no map of it yet.
kill_once_listed() {
    local pid text=''
    full_pipe
    begin attach_lun -q >/run/full 2>/run/struck.err
    pid=$!
    until [[ $text == *$'\n/'* ]] || [ ! -e /proc/$pid/exe ]; do
        [ ! -e /etc/multipath/wwids ] || IFS= read -r -d '' text </etc/multipath/wwids || :
    done
    kill -KILL $pid 2>/dev/null || :
    wait $pid 2>/dev/null || :
    check_match 'attach killed once it is listed' "$text" $'*\n/*'
    status_reads 'attach killed once it is listed'
    settle
    rc 'attach killed once it is listed: detach' 0 detach_lun
    is_clean 'attach killed once it is listed'
}
# The steps with this event in what a run told of itself, in $ERR; of several objects of a kind the first.
steps() { jq -r --arg event "$1" 'select(.event == $event) | "\(.event) \(.key)"' <<<"$ERR" | sed 's/@.*//' | awk '!known[$0]++'; }

# kill_attach_with_map: what is killed is an attach of the first LUN with a map, by /run/info.json, and its detach.
kill_attach_with_map() {
    attach_lun() { node_attach /run/info.json --wwid $one --multipath "$@"; }
    detach_lun() { node_detach $one "$@"; }
    show_status() { node_status $one; }
    is_attached() { check_eq "$1: the map comes out" "$OUT $(map_id "$OUT")" "/dev/mapper/3$one mpath-3$one"; }
    is_clean() { node_is_clean "$1"; }
}
