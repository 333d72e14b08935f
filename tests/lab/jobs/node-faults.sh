# What goes wrong on a node, on a plain LIO target: logins refused and lost, wrong and stale LUNs, disks in use, changes behind our back
# shellcheck shell=bash
# deadline: 600
closed=iqn.2020-01.com.example:lab.closed
configure_node
lio_two_luns 7 8
lio_target $closed
lio_portal $closed 10.0.0.1:3261
echo "InitiatorName=$LAB_INITIATOR" >/etc/iscsi/initiatorname.iscsi

info() { # IQN NUMBER PORTAL [WWID]
    printf '{"driver_volume_type":"iscsi","data":{"target_portal":"%s","target_iqn":"%s","target_lun":%s}}' "$3" "$1" "$2" >/run/info.json
    echo /run/info.json
}
# settled CODE NAME SECONDS CMD...: exits with CODE within SECONDS, one short error, and nothing is left of it.
settled() {
    local code=$1 name=$2 most=$3 start
    shift 3
    start=$(now_ms)
    check_rc "$name" "$code" "$@"
    start=$(($(now_ms) - start))
    check "$name: within $most s" test $start -lt $((most * 1000))
    check_eq "$name: nothing is left" "$(state_snapshot)" "$before"
}
# struck_down KEY NET UNTIL CMD...: stops CMD when its journal says that KEY is begun, awaits UNTIL, cuts the portal of NET and lets CMD
# go on. Sets $RC, $OUT and $TOOK (milliseconds after the cut).
struck_down() {
    local key=$1 net=$2 until=$3 pid file text
    shift 3
    RC=0
    begin "$@" >/run/struck.out 2>&1
    pid=$!
    while [ -e /proc/$pid/exe ]; do
        text=''
        for file in "$SANCTL_STATE_DIR"/attachments/*.jsonl; do [ ! -e "$file" ] || IFS= read -r -d '' text <"$file" || :; done
        [[ $text != *"\"event\":\"started\",\"key\":\"$key"* ]] || break
    done
    kill -STOP $pid
    # It may have been stopped before it started what is awaited.
    until await 1 "$until"; do
        kill -CONT $pid
        nap
        kill -STOP $pid
    done
    portal_down "$net"
    TOOK=$(now_ms)
    kill -CONT $pid
    wait $pid || RC=$?
    TOOK=$(($(now_ms) - TOOK))
    OUT=$(</run/struck.out)
}
before=$(state_snapshot)

# Without iscsid.
settled 1 'without iscsid' 30 node_attach "$(info $iqn 7 $a)" --wwid $one
check_match 'without iscsid: one short sentence and what to type' "$(tail -n 2 <<<"$OUT")" \
    'error  iscsid does not answer
try: systemctl start iscsid'
start_iscsid

# Logins that fail.
settled 6 'an initiator that is not in the ACL' 60 node_attach "$(info $closed 7 10.0.0.1:3261)" --wwid $one
check_match 'it says so' "$OUT" '*this initiator is not allowed*code 24*'
settled 5 'a target that is not there' 90 node_attach "$(info iqn.2020-01.com.example:none 7 $a)" --wwid $one
check_match 'it names the target' "$OUT" '*iqn.2020-01.com.example:none*'
lio_chap $iqn $LAB_INITIATOR someone secret-of-lab1
settled 6 'CHAP is asked for and none is given' 60 node_attach "$(info $iqn 7 $a)" --wwid $one
check_match 'it says CHAP' "$OUT" '*CHAP*'
echo 0 >"$LAB_ISCSI/$iqn/tpgt_1/attrib/authentication"

# LUN numbers.
settled 1 'a LUN number that is not mapped' 60 node_attach "$(info $iqn 9 $a)" --wwid $one
check_match 'it says that there is none' "$OUT" '*shows no LUN 9*'

# A disk of another LUN is still there under the number.
attach_by_hand $iqn $a 7
stale=$DISK
lio_remap $iqn $LAB_INITIATOR 7 1
settle
exec 7<"/dev/$stale"
check_rc 'a number that a stale disk of another LUN stands at, held' 7 node_attach "$(info $iqn 7 $a)" --wwid $two
check_match 'the disk is named' "$OUT" "*$stale*"
check_match 'with both identities' "$OUT" "*$one*$two*"
check 'the disk is left alone' test -b /dev/$stale
exec 7<&-
lio_remap $iqn $LAB_INITIATOR 7 0
check 'its owner ends it' logout $iqn $a
forget $iqn $a

# In use.
info $iqn 7 $a >/dev/null
device=$(node_attach /run/info.json --wwid $one -q)
again() { device=$(node_attach /run/info.json --wwid $one -q); }
refused() { # NAME WORDS
    settle
    check_rc "$1: detach is refused" 7 node_detach $one
    check_match "$1: who uses it is shown" "$OUT" "$2"
    check "$1: it is still there" test -b "$device"
}
check 'a volume group' vgcreate -q -y labvg "$device"
check 'a volume' lvcreate -q -y -Wn -Zn -l 4 -n labvol labvg
refused 'LVM' '*labvg/labvol*'
check 'the volume ends' vgchange -q -an labvg
check 'the group ends' vgremove -q -y -ff labvg
check 'the label ends' pvremove -q -y -ff "$device"
check 'swap' mkswap -q "$device"
swapon "$device"
refused 'swap' '*swap*'
swapoff "$device"
check 'a map' dmsetup create labmap --table "0 1024 linear $device 0"
refused 'a map' '*labmap*'
check 'the map ends' dmsetup remove labmap
check 'a file system' mkfs.ext4 -q "$device"
mkdir -p /run/mnt /run/spaces
mount "$device" /run/mnt
exec 9>/run/mnt/file
umount -l /run/mnt
refused 'a file system unmounted lazily' '*claimed*'
exec 9>&-
mount --bind /run/spaces /run/spaces
mount --make-private /run/spaces
: >/run/spaces/one
unshare --mount=/run/spaces/one mount "$device" /run/mnt
refused 'a mount in a namespace without a process' '*claimed*'
umount /run/spaces/one
umount /run/spaces
exec 9</dev/"$(ls "/sys/block/${device#/dev/}/device/scsi_generic")"
refused 'commands past the block layer' '*opened by bash*'
exec 9<&-
for kind in "fileio fd_dev_name=$device,fd_dev_size=1048576" "iblock udev_path=$device"; do
    export=/sys/kernel/config/target/core/${kind%% *}_7/lab
    mkdir -p "$export"
    echo "${kind#* }" >"$export/control"
    echo 1 >"$export/enable"
    refused "exported by LIO, ${kind%% *}" '*exported by LIO as lab*'
    rmdir "$export"
done
settle
check 'then it goes' node_detach $one
check_eq 'nothing is left' "$(state_snapshot)" "$before"

# Behind our back.
again
lio_remap $iqn $LAB_INITIATOR 7 1
settle
check_rc 'the number is of another LUN: status tells before the kernel notices' 3 node_status $one
check_match 'it names both' "$OUT" "*$two now*$one*"
check_rc 'the number is of another LUN: no device is named in JSON' 3 node_status $one -o json
check_match 'device is null' "$OUT" '*"device":null*'
lio_remap $iqn $LAB_INITIATOR 7 0
check 'the number is its own again' node_detach $one
node_attach /run/info.json --wwid $one -q >/dev/null
lio_unmap $iqn $LAB_INITIATOR 7
check_rc 'unmapped: status tells' 3 node_status $one
check_rc 'unmapped: attach does not hand it over' 1 node_attach /run/info.json --wwid $one
lio_map $iqn $LAB_INITIATOR 7 0
lio_unmap $iqn $LAB_INITIATOR 7
check 'unmapped: detach' node_detach $one
check_eq 'unmapped: nothing is left' "$(state_snapshot)" "$before"
lio_map $iqn $LAB_INITIATOR 7 0

node_attach /run/info.json --wwid $one -q >/dev/null
settle
check 'somebody logs out' logout $iqn $a
check_rc 'logged out: status tells' 3 node_status $one
check 'logged out: attach mends it' node_attach /run/info.json --wwid $one
settle
logout $iqn $a >/dev/null
check 'logged out: detach' node_detach $one
check_eq 'logged out: nothing is left' "$(state_snapshot)" "$before"

device=$(node_attach /run/info.json --wwid $one -q)
settle
echo 1 >"/sys/block/${device#/dev/}/device/delete"
check_rc 'deleted: status tells' 3 node_status $one
check 'deleted: attach mends it' node_attach /run/info.json --wwid $one
device=$(node_attach /run/info.json --wwid $one -q)
settle
echo 1 >"/sys/block/${device#/dev/}/device/delete"
check 'deleted: detach' node_detach $one
check_eq 'deleted: nothing is left' "$(state_snapshot)" "$before"

# Records of others, in the layout without a tag.
iscsiadm -m node -T $iqn -p $a -o new >/dev/null
foreign=$(state_snapshot)
check 'a record of somebody else in the old layout' node_attach /run/info.json --wwid $one
settle
check 'and detach' node_detach $one
check_eq 'the record stays, and says what it said' "$(state_snapshot) $(iscsiadm -m node -T $iqn -p $a | grep session.scan)" \
    "$foreign node.session.scan = auto"
forget $iqn $a

# Attach 1, attach 2, detach 1, detach 2.
node_attach /run/info.json --wwid $one -q >/dev/null
node_attach "$(info $iqn 8 $a)" --wwid $two -q >/dev/null
settle
check 'two LUNs: detach the first' node_detach $one
check_rc 'two LUNs: the second is whole' 0 node_status $two
check 'two LUNs: detach the second' node_detach $two
check_eq 'two LUNs: nothing is left' "$(state_snapshot)" "$before"

# A portal that dies in the middle.
logged_in() { [ "$(cat /sys/class/iscsi_session/session*/state)" = LOGGED_IN ]; }
info $iqn 7 $b >/dev/null
struck_down node.record 2 true node_attach /run/info.json --wwid $one
check_eq 'the portal dies before the login' "$RC" 5
check 'dies before the login: within 90 s' test $TOOK -lt 90000
check_match 'it says which portal' "$OUT" "*login to $b*"
check_eq 'dies before the login: nothing is left' "$(state_snapshot)" "$before"
portal_up 2
struck_down node.session 2 logged_in node_attach /run/info.json --wwid $one --timeout 10s
check_eq 'the portal dies before the scan' "$RC" 5
check 'dies before the scan: within its time and the undo' test $TOOK -lt 90000
check_eq 'dies before the scan: nothing is left of it' "$(state_snapshot)" "$before"
portal_up 2
check 'dies before the scan: detach' node_detach $one

# Out of time in the middle of a login. iscsid goes on with a login whose iscsiadm is ended: the session would come when all is over.
cut_now() { : >/run/cut; }
# The portal is back only after that time, which counts from the start.
(await 60 test -e /run/cut && sleep 6 && portal_up 2) &
mender=$!
struck_down node.record 2 cut_now node_attach /run/info.json --wwid $one --timeout 6s
check_eq 'out of time in a login' "$RC" 5
check 'within its time, that of the login and the undo' test $TOOK -lt 60000
check_match 'more time is advised' "$OUT" '*--timeout*'
wait $mender
has_session() { [ -n "$(ls /sys/class/iscsi_session)" ]; }
check 'no session comes later' fails await 6 has_session
check_eq 'out of time in a login: nothing is left' "$(state_snapshot)" "$before"
