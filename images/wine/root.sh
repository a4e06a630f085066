# Runs inside the new root: takes the debug information out of Wine's own Windows files, and makes the drives and the
# registry once, which every start would need five seconds for.
set -eu

files=/usr/lib/x86_64-linux-gnu/wine/x86_64-windows
find $files -type f -exec strip --strip-debug {} + 2>/dev/null || true

export WINEPREFIX=/opt/wine WINEDEBUG=-all HOME=/root PATH=/usr/lib/wine:/usr/sbin:/usr/bin:/sbin:/bin
mkdir -p "$WINEPREFIX"
wine64 wineboot --init
wine64 reg add 'HKCU\Software\Wine' /v Version /d win10 /f
machine='HKLM\System\CurrentControlSet\Control\Session Manager\Environment'
system='C:\windows\system32;C:\windows;C:\windows\system32\wbem'
wine64 reg add "$machine" /v PATH /t REG_EXPAND_SZ /d "C:\\Python310;C:\\Program Files\\nodejs;C:\\Program Files\\Rebatch;$system" /f
wine64 reg add "$machine" /v PYTHONIOENCODING /d utf-8 /f
wineserver -w
# These lead out of the drive, to the Linux side.
for folder in Desktop Documents Downloads Music Pictures Videos; do
  rm "$WINEPREFIX/drive_c/users/root/$folder"
  mkdir "$WINEPREFIX/drive_c/users/root/$folder"
done

# What the prefix copied is there once only.
for file in "$WINEPREFIX"/drive_c/windows/system32/*; do
  same=$files/${file##*/}
  if [ -f "$same" ] && cmp -s "$file" "$same"; then ln -f "$same" "$file"; fi
done

# A drive is a folder of /drives, where a task's mappings are laid (packages/worker/src/windows); windows-program tells Wine.
mkdir /drives
mv "$WINEPREFIX/drive_c" /drives/c

dpkg --purge --force-depends binutils binutils-x86-64-linux-gnu binutils-common libbinutils libctf0 libctf-nobfd0 \
  libgprofng0 libjansson4
