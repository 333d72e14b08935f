# Sessions and records of others: two sessions to one portal, records in both layouts, a stale lock of the database, CHAP under a map
# shellcheck shell=bash
# deadline: 520
configure_node
lio_two_luns 7 8
start_iscsid
before=$(state_snapshot)
node_info /run/one.json $iqn 7 $a
node_info /run/two.json $iqn 7 $a $b
disks() { (cd /sys/class/scsi_device && echo ./*:7 | wc -w); }
sids() { (cd /sys/class/iscsi_session && echo session*); }
scan_all() { local host; for host in /sys/class/iscsi_host/host*; do scan_lun "${host##*host}" "$1"; done; }

# Somebody makes a second session beside ours, and scans there as well.
rc 'attach' 0 node_attach /run/one.json --wwid $one -q
ours=$(sids)
check 'a second session to the portal' iscsiadm -m session -r "${ours#session}" --op new
check_eq 'two sessions' "$(iscsiadm -m session | wc -l)" 2
scan_all 7
check_eq 'two disks' "$(disks)" 2
settle
rc 'status' 0 node_status $one
rc 'detach' 0 after_udev node_detach $one
check_eq 'the disks of both sessions went' "$(ls /sys/class/scsi_device)" ''
other=$(sids)
check_eq 'the session of somebody else stays, and ours went' "$(echo "$other" | wc -w) ${other/$ours/}" "1 $other"
rc 'attach over that one' 0 node_attach /run/one.json --wwid $one -q
rc 'detach' 0 after_udev node_detach $one
check_eq 'it stays' "$(sids)" "$other"
iscsiadm -m session -r "${other#session}" -u >/dev/null
rc 'attach' 0 node_attach /run/one.json --wwid $one -q
rc 'detach' 0 after_udev node_detach $one
check_eq 'and then our record goes too' "$(state_snapshot)" "$before"

# Both sessions were there before, and another LUN lives on one of them.
node_record $iqn $a >/dev/null
login $iqn $a >/dev/null
iscsiadm -m session -r "$(sids | tr -dc 0-9)" --op new >/dev/null
scan_all 7
scan_all 8
foreign=$(sids)
rc 'two sessions of others: attach' 0 node_attach /run/one.json --wwid $one -q
rc 'two sessions of others: detach' 0 after_udev node_detach $one
check_eq 'no disk of the LUN is left' "$(disks)" 1
check_eq 'no disk of another LUN went' "$(cd /sys/class/scsi_device && echo ./*:8 | wc -w)" 2
check_eq 'and no session' "$(sids)" "$foreign"
logout $iqn $a >/dev/null
forget $iqn $a
check_eq 'nothing is left' "$(state_snapshot)" "$before"

# Records of others: one plain file, one folder; then both for one portal.
iscsiadm -m node -T $iqn -p $a -o new >/dev/null
iscsiadm -m node -T $iqn -p $b,1 -o new >/dev/null
check 'one record is a file, one a folder' test -f /etc/iscsi/nodes/$iqn/${a/:/,} -a -d /etc/iscsi/nodes/$iqn/${b/:/,},1
for round in apart together; do
    [ $round = apart ] || iscsiadm -m node -T $iqn -p $a,1 -o new >/dev/null
    foreign=$(state_snapshot)
    said=$(md5sum <(iscsiadm -m node -T $iqn -p $a) <(iscsiadm -m node -T $iqn -p $b) | cut -d' ' -f1)
    rc "records $round: attach" 0 node_attach /run/two.json --wwid $one -q
    check_eq "records $round: one disk a portal, and of this LUN alone" "$(disks) $(ls /sys/class/scsi_device | wc -l)" '2 2'
    check_eq "records $round: one session a portal" "$(iscsiadm -m session | wc -l)" 2
    rc "records $round: detach" 0 after_udev node_detach $one
    check_eq "records $round: they stay" "$(state_snapshot)" "$foreign"
    check_eq "records $round: and say what they said" \
        "$(md5sum <(iscsiadm -m node -T $iqn -p $a) <(iscsiadm -m node -T $iqn -p $b) | cut -d' ' -f1)" "$said"
done
iscsiadm -m node -T $iqn -o delete
[ ! -e /etc/iscsi/nodes/$iqn ] || note "$(find /etc/iscsi/nodes)"
rm -rf /etc/iscsi/nodes/$iqn

# A tool died with the lock of the database.
mkdir -p /run/lock/iscsi
: >/run/lock/iscsi/lock.write
touch -d '-10 minutes' /run/lock/iscsi/lock.write
start=$(now_ms)
rc 'a stale lock: attach' 0 node_attach /run/two.json --wwid $one
check_match 'a stale lock: it is told' "$ERR" '*/run/lock/iscsi/lock.write was left*'
start=$(($(now_ms) - start))
note "a stale lock: attach took $start ms"
check 'a stale lock: half a minute, not one for each command' test $start -lt 85000
check 'a stale lock: it does not last' test ! -e /run/lock/iscsi/lock.write
rc 'a stale lock: detach' 0 after_udev node_detach $one
check_eq 'a stale lock: nothing is left' "$(state_snapshot)" "$before"

# CHAP, and a map.
start_multipathd
lio_chap $iqn $LAB_INITIATOR node 'right#secret=1'
secret() { (umask 077 && jq -c --arg s "$1" '.data += {auth_method: "CHAP", auth_username: "node", auth_password: $s}' /run/two.json >/run/chap.json); }
users() { cat /sys/class/iscsi_session/session*/username | sort | uniq -c | xargs; }
rc 'CHAP: none given' 6 node_attach /run/two.json --wwid $one -q --multipath
check_eq 'CHAP: none given: nothing is left' "$(state_snapshot)" "$before"
secret 'wrong#secret=1'
rc 'CHAP: the wrong secret' 6 node_attach /run/chap.json --wwid $one -q --multipath
check_match 'CHAP: it says what to check' "$ERR" '*CHAP*node*'
check_eq 'CHAP: the wrong secret: nothing is left' "$(state_snapshot)" "$before"
secret 'right#secret=1'
rc 'CHAP: then the right one' 0 node_attach /run/chap.json --wwid $one -q --multipath --trace /run/trace
check_eq 'CHAP: a map comes out' "$OUT" /dev/mapper/3$one
check_eq 'CHAP: both sessions used it' "$(users)" '2 node'
check_eq 'CHAP: the secret is in no trace and no journal' "$(grep -rlF 'right#secret' /run/trace $SANCTL_STATE_DIR || :)" ''
rc 'CHAP: status' 0 node_status $one
rc 'CHAP: detach' 0 after_udev node_detach $one
check_eq 'CHAP: nothing is left' "$(state_snapshot)" "$before"
