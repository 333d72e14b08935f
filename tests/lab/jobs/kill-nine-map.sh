# kill -9 at every step of an attach with a map and of its detach: status reads, attach goes on, detach leaves nothing
# shellcheck shell=bash
# deadline: 300
iqn=iqn.2020-01.com.example:lab.target
wwid=6a4c64f1001db63307a4e1700000001e
export SANCTL_STATE_DIR=/run/sanctl SANCTL_CONFIG=/run/config.toml
printf '[node]\nname = "lab"\n' >$SANCTL_CONFIG
lab_net 2
lio_backstore vol 64M $wwid HUAWEI XSG1
lio_target $iqn
lio_portal $iqn 10.0.0.1
lio_portal $iqn 10.0.1.1
lio_lun $iqn 0 vol
lio_acl $iqn $LAB_INITIATOR
lio_map $iqn $LAB_INITIATOR 7 0
node_info /run/info.json $iqn 7 10.0.0.1:3260 10.0.1.1:3260
start_iscsid
printf 'defaults {\n  find_multipaths strict\n  polling_interval 2\n}\n' >/etc/multipath.conf
start_multipathd
before=$(state_snapshot)
up() { sanctl attach --node-only --connection-info /run/info.json --wwid $wwid --multipath -q; }
down() { sanctl detach wwid:$wwid --node-only -q; }
listed() { if [ -e /etc/multipath/wwids ]; then grep -c '^/' /etc/multipath/wwids || :; else echo 0; fi; }
clean() { # NAME
    check_eq "$1: the node is as before" "$(state_snapshot)" "$before"
    check_eq "$1: multipathd forgets it" "$(listed)" 0
    check_eq "$1: no journal is open" "$(echo "$SANCTL_STATE_DIR"/attachments/*.jsonl)" "$SANCTL_STATE_DIR/attachments/*.jsonl"
}
# hit NAME BACK FORTH EVENT KEY: FORTH is killed there; if it was over before its line was read, BACK and again.
hit() {
    local n
    for n in 1 2 3; do
        struck KILL "$4" "$5" "$3"
        [ $HIT = no ] || break
        "$2" >/dev/null 2>&1
        udevadm settle --timeout=10
    done
    check_eq "$1" "$HIT $RC" 'yes 137'
}

# Every step, as an undisturbed run writes them down.
rc 'attach' 0 up
check_eq 'comes as a map' "$OUT" /dev/mapper/3$wwid
udevadm settle --timeout=10
steps() { jq -r "select(.event | IN($1)) | \"\\(.event) \\(.key)\"" | sed 's/@.*//' | awk '!known[$0]++'; }
ups=$(steps '"started"' < <(cat "$SANCTL_STATE_DIR"/attachments/*.jsonl))
rc 'detach' 0 sanctl detach wwid:$wwid --node-only --progress jsonl
downs=$(steps '"undo_started"' <<<"$ERR")
clean 'undisturbed'
note "$ups
$downs"
check_match 'the map is one of them' "$ups $downs" '*started node.map*undo_started node.map*'

ways=(attach detach at-once)
nth=0
while read -r event key; do
    way=${ways[nth++ % 3]}
    point="attach killed at $event $key, $way"
    hit "$point" down up "$event" "$key"
    if [ "$way" = attach ]; then
        rc "$point: attach again" 0 up
        check_eq "$point: the map comes out" "$OUT $(<"/sys/block/$(basename "$(readlink -f "$OUT")")/dm/uuid")" "/dev/mapper/3$wwid mpath-3$wwid"
    fi
    [ "$way" = at-once ] || udevadm settle --timeout=10
    rc "$point: detach" 0 down
    clean "$point"
done <<<"$ups
done node.map"
while read -r event key; do
    way=${ways[nth++ % 3]}
    point="detach killed at $event $key, $way"
    rc "$point: attach" 0 up
    udevadm settle --timeout=10
    hit "$point" up down "$event" "$key"
    [ "$way" = at-once ] || { OUT=$(sanctl status wwid:$wwid --node-only 2>&1) || check_eq "$point: status reads" $? 3; }
    if [ "$way" = attach ]; then
        rc "$point: attach again" 0 up
        check_eq "$point: the map comes out" "$OUT" /dev/mapper/3$wwid
        udevadm settle --timeout=10
    fi
    rc "$point: detach again" 0 down
    clean "$point"
done <<<"$downs
undone node.map"
