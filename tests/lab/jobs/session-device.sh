# The verbs of this node on real iSCSI: records, login, scan, check, wait, remove, logout, CHAP from a file
# shellcheck shell=bash
# deadline: 410
configure_node
lio_two_luns 7 8
start_iscsid
before=$(state_snapshot)

item() { jq -r ".item.$1" <<<"$OUT"; }
items() { jq -r "[.items[].$1] | join(\" \")" <<<"$OUT"; }
at=(--target "$iqn" --portal "$a")

# Nothing yet.
rc 'no session is an empty list' 0 sanctl session list -o json
check_eq 'an empty list' "$(jq -c .items <<<"$OUT")" '[]'
rc 'a login without a record' 10 sanctl session login "${at[@]}"
check_match 'tells how to make one' "$ERR" "*sanctl session add-record*--target $iqn --portal $a*"
rc 'a scan without a session' 10 sanctl device scan "${at[@]}" --lun 7

# Records.
rc 'a dry run' 0 sanctl session add-record --target "$iqn" --portal "$a,1" --dry-run
check_match 'prints the lines of iscsiadm' "$OUT" "*iscsiadm -m node -T $iqn -p $a,1 -I default -o new*"
check_eq 'and changes nothing' "$(state_snapshot)" "$before"
rc 'a record' 0 sanctl session add-record --target $iqn --portal $a,1
rc 'a record again changes nothing' 0 sanctl session add-record "${at[@]}" -o json
check_eq 'and says so' "$(item changed)" false
rc 'records are listed' 0 sanctl session list-records -o json
check_eq 'ours: manual twice, with the tag' "$(items scan) $(items startup) $(items tpgt) $(items sid)" 'manual manual 1 '
check_eq 'iscsiadm sees the same' "$(iscsiadm -m node | head -n 1)" "$a,1 $iqn"
rc 'a value is asked about' 2 sanctl session set-record "${at[@]}" node.session.timeo.replacement_timeout=20 --no-input
rc 'a value' 0 sanctl session set-record "${at[@]}" node.session.timeo.replacement_timeout=20 --yes
check_match 'iscsiadm has it' "$(iscsiadm -m node -T $iqn -p $a)" '*replacement_timeout = 20*'
check_match 'and the way back' "$ERR" '*node.session.timeo.replacement_timeout=120*'
rc 'a key that is none' 1 sanctl session set-record "${at[@]}" node.sesion.scan=auto --yes
rc 'a secret on the command line' 2 sanctl session set-record "${at[@]}" node.session.auth.password=x --yes
rc 'what has no session is missing' 0 sanctl session list --missing -o json
check_eq 'the record' "$(items portal)" $a

# Login.
rc 'login' 0 sanctl session login "${at[@]}" -o json
sid=$(item id)
check_eq 'the session is there' "$(cat /sys/class/iscsi_session/session"$sid"/state)" LOGGED_IN
check_eq 'no LUN came with it' "$(ls /sys/class/scsi_device)" ''
rc 'login again' 0 sanctl session login "${at[@]}" -o json
check_eq 'is the same session' "$(item id) $(item changed)" "$sid false"
check_eq 'and no second one' "$(ls /sys/class/iscsi_session)" "session$sid"
rc 'a record in use is not deleted' 7 sanctl session delete-record "${at[@]}" --yes

# Scan.
rc 'scan' 0 sanctl device scan --session "$sid" --lun 7 -o json
disk=$(item name)
check_eq 'brings this LUN' "$(wwid_of "$disk")" $one
check_eq 'and no other' "$(cd /sys/class/scsi_device && echo *:7 *:8)" "$(item id) *:8"
rc 'scan again' 0 sanctl device scan "${at[@]}" --lun 7 -o json
check_eq 'finds it there' "$(item changed) $(item name)" "false $disk"
rc 'a number that is not mapped' 1 sanctl device scan "${at[@]}" --lun 9
rc 'all LUNs want the portal typed' 2 sanctl device scan "${at[@]}" --all-luns --yes --no-input
rc 'all LUNs' 0 sanctl device scan "${at[@]}" --all-luns --confirm $a -o json
other=$(item name)
check_eq 'the other one came' "$(wwid_of "$other")" $two
settle

# Look.
rc 'devices' 0 sanctl device list -o json --sort lun
check_eq 'one row per path' "$(items name)" "$disk $other"
rc 'by wwid' 0 sanctl device list --wwid $two -o name
check_eq 'only its path' "$OUT" "$other"
rc 'by number' 0 sanctl device list --lun 7 -o name
check_eq 'only this number' "$OUT" "$disk"
rc 'none is stale' 0 sanctl device list --stale -o name
check_eq 'none' "$OUT" ''
rc 'by a link of udev' 0 sanctl device show /dev/disk/by-id/wwn-0x$one -o json
check_eq 'is the same device' "$(item name) $(item vendor) $(item sid)" "$disk HUAWEI $sid"
rc 'check' 0 sanctl device check "$disk" "$other" -o json
check_eq 'every look is fine' "$(jq -c '[.items[].ok] | unique' <<<"$OUT")" '[true]'
rc 'wait for what is there' 0 sanctl device wait --wwid $one --paths 1 -o name
check_eq 'it is named' "$OUT" "$disk"
rc 'wait for what does not come' 5 sanctl device wait --wwid $one --paths 2 --timeout 4s
check_match 'says what there is' "$ERR" "*$disk*2 paths wanted*"
rc 'rescan' 0 sanctl device rescan "$disk"
rc 'session show' 0 sanctl session show "$sid" -o json
check_eq 'devices and record' "$(item 'devices|length') $(item record.scan)" '2 manual'

# In use.
mkfs.ext2 -q "/dev/$disk" 2>/dev/null || mke2fs -q -F "/dev/$disk"
mkdir -p /mnt/lab
mount "/dev/$disk" /mnt/lab
settle
rc 'a mounted disk is not removed' 7 sanctl device remove "$disk" --yes
check_match 'who uses it is shown' "$ERR" '*mounted on /mnt/lab*'
check 'it is still there' test -b "/dev/$disk"
rc 'nor set offline' 7 sanctl device set-state "$disk" offline --confirm "$disk"
rc 'the list tells' 0 sanctl device list --unheld -o name
check_eq 'only the other is free' "$OUT" "$other"
rc 'the tree tells' 0 sanctl device tree "$disk"
check_match 'where it is mounted' "$OUT" '*/mnt/lab*'
rc 'a logout with devices' 7 sanctl session logout "$sid" --yes
rc 'a relogin with devices' 7 sanctl session relogin "$sid" --yes
umount /mnt/lab

# Offline and back.
rc 'offline' 0 sanctl device set-state "$other" offline --confirm "$other"
rc 'is stale' 0 sanctl device list --stale -o name
check_eq 'this one' "$OUT" "$other"
rc 'and found by a check' 3 sanctl device check "$other"
rc 'running again' 0 sanctl device set-state "$other" running --confirm "$other"
rc 'is fine again' 0 sanctl device check "$other"

# Another LUN at the number: the kernel does not notice before a rescan.
lio_remap $iqn $LAB_INITIATOR 8 0
rc 'another LUN at the number' 3 sanctl device rescan "$other"
check_match 'the rescan says so' "$ERR" '*it is another disk now*'
lio_remap $iqn $LAB_INITIATOR 8 1

# Remove.
rc 'without a yes' 2 sanctl device remove "$disk" "$other" --no-input
(sleep 1; sanctl device remove "$disk" "$other" --yes >/run/removed 2>&1) &
rc 'a wait for the removal of both' 0 sanctl device wait --wwid $one --gone --timeout 30s
wait $!
check_eq 'no device is left' "$(ls /sys/class/scsi_device)" ''
check_match 'and the way back' "$(</run/removed)" "*sanctl device scan*--target $iqn --portal $a --lun 7*"
rc 'again is nothing to do' 0 sanctl device remove "$disk"

# Logout.
rc 'relogin' 0 sanctl session relogin "$sid" --yes -o json
new=$(item id)
check_eq 'another number' "$(cat /sys/class/iscsi_session/session"$new"/state) $((new != sid))" 'LOGGED_IN 1'
rc 'logout' 0 sanctl session logout "$new" --yes
check_eq 'no session is left' "$(ls /sys/class/iscsi_session)" ''
rc 'again is nothing to do' 0 sanctl session logout "$new" --yes

# CHAP: the secret stands in a file, and on no command line.
secret='lab # = secret'
lio_chap $iqn $LAB_INITIATOR labuser "$secret"
rc 'CHAP is wanted' 6 sanctl session login "${at[@]}"
(umask 077 && printf '%s\n' "$secret" >/run/chap)
mkdir -p /run/argv
cat >/run/argv/iscsiadm <<'WRAP'
#!/bin/sh
printf '%s\n' "$@" >>/run/argv/seen
exec /usr/sbin/iscsiadm "$@"
WRAP
[ -x /usr/sbin/iscsiadm ] || sed -i "s,/usr/sbin/iscsiadm,$(command -v iscsiadm)," /run/argv/iscsiadm
chmod +x /run/argv/iscsiadm
chap() { PATH=/run/argv:$PATH sanctl "$@" --trace /run/trace; }
check 'a file for everybody is refused' fails sh -c "chmod 644 /run/chap; sanctl session set-record --target $iqn --portal $a --chap-user labuser --chap-secret-file /run/chap --yes"
chmod 600 /run/chap
check 'CHAP credentials' chap session set-record "${at[@]}" --chap-user labuser --chap-secret-file /run/chap --yes
check_eq 'the lock is let go' "$(ls /run/lock/iscsi)" lock
check_eq 'nothing else in the database' "$(iscsiadm -m node | wc -l) $(find /etc/iscsi -mindepth 1 -maxdepth 1 -name '*sanctl*' | wc -l)" '1 0'
check_eq 'the record is for root alone' "$(stat -c %a "/etc/iscsi/nodes/$iqn/${a/:/,},1/default")" 600
check_match 'iscsiadm reads them' "$(iscsiadm -m node -T $iqn -p $a -S)" "*auth.authmethod = CHAP*auth.username = labuser*auth.password = $secret*"
check_match 'and keeps the other values' "$(iscsiadm -m node -T $iqn -p $a)" '*replacement_timeout = 20*'
check 'login with CHAP' chap session login "${at[@]}"
check_eq 'as this user' "$(cat /sys/class/iscsi_session/session*/username)" labuser
check_eq 'no command line had the secret' "$(grep -c secret /run/argv/seen || :) $(grep -c -- --login /run/argv/seen)" '0 1'
check_eq 'nor a trace, nor the state' "$(grep -r -c 'lab # = secret' /run/trace || :)$(grep -rl 'lab # = secret' /run/sanctl || :)" 0
rc 'records name the user' 0 sanctl session list-records -o json
check_eq 'the user alone' "$(items chap_user) $(grep -c secret <<<"$OUT" || :)" 'labuser 0'
sid=$(cat /sys/class/iscsi_session/session*/uevent >/dev/null; ls /sys/class/iscsi_session)
rc 'logout' 0 sanctl session logout "${sid#session}" --yes
rc 'CHAP taken out' 0 sanctl session set-record "${at[@]}" --no-chap --yes
rc 'is wanted again' 6 sanctl session login "${at[@]}"
rc 'delete' 0 sanctl session delete-record "${at[@]}" --yes
check_eq 'nothing is left' "$(state_snapshot)" "$before"
check_eq 'what was done by hand is written down' "$(jq -r 'select(.event == "done") | .place' /run/sanctl/manual.jsonl | sort -u)" node

# Not root: refused before anything.
chmod 755 /run/sanctl 2>/dev/null || :
unprivileged() { setpriv --reuid 65534 --clear-groups env SANCTL_STATE_DIR=/tmp/nobody sanctl "$@"; }
check_rc 'not root: login' 6 unprivileged session login "${at[@]}"
check_rc 'not root: sessions are listed all the same' 0 unprivileged session list
