# A target with two portals, logged in to, scanned and left by hand
# shellcheck shell=bash
wwid=$one
generic=60014050000000000000000000000042

lab_net 2
lio_backstore vol1 64M $wwid HUAWEI XSG1
lio_backstore vol2 32M $generic
lio_export $iqn "$a $b" 7:vol1 8:vol2
start_iscsid
before=$(state_snapshot)
check_eq 'nothing is attached at first' "$before" ''

for portal in $a $b; do
    check "record for $portal" node_record $iqn $portal
    check "login to $portal" login $iqn $portal
done
check_eq 'manual scan: login alone brings no disk' "$(state_snapshot | grep -c ^scsi || :)" 0

for portal in $a $b; do
    host=$(host_of $iqn $portal)
    check "scan of LUN 7 on $portal" scan_lun "$host" 7
    check "LUN 7 appears on $portal" await 60 disk_of "$host" 7
    disk=$(disk_of "$host" 7)
    check_eq "LUN 7 on $portal has the wwid asked for" "$(wwid_of "$disk")" $wwid
    check_match "LUN 7 on $portal has the vendor asked for" "$(<"/sys/block/$disk/device/vendor")/$(<"/sys/block/$disk/device/model")" 'HUAWEI*/XSG1*'
    check "LUN 8 was not asked for on $portal" fails disk_of "$host" 8
    check "udev names $disk by path" await 60 test -e "/dev/disk/by-path/ip-$portal-iscsi-$iqn-lun-7"
done
check 'udev names it by id' await 60 test -e /dev/disk/by-id/wwn-0x$wwid

host=$(host_of $iqn $a)
scan_lun "$host" 8
check 'the second LUN appears' await 60 disk_of "$host" 8
check_eq 'a generic wwid is as asked for too' "$(wwid_of "$(disk_of "$host" 8)")" $generic

disk=$(disk_of "$host" 7)
other=$(disk_of "$(host_of $iqn $b)" 7)
head -c 4096 /dev/urandom >/run/data
check 'write through the first path' dd if=/run/data of="/dev/$disk" bs=4096 count=1 conv=fsync status=none
check 'read back through the second path' cmp -n 4096 /run/data "/dev/$other"

for portal in $a $b; do
    host=$(host_of $iqn $portal)
    for device in /sys/class/scsi_device/"$host":*/device/delete; do echo 1 >"$device"; done
    check "logout from $portal" logout $iqn $portal
    check "record for $portal is deleted" forget $iqn $portal
done
check_eq 'nothing is left' "$(state_snapshot)" "$before"
