#!/usr/bin/env bash
# Lays beside the Dockerfile what no Debian package has: our program that starts programs, compiled here, and Python for
# Windows, which the JavaCPP project builds (org.bytedeco:cpython on Maven Central).
#
# usage: build.sh CONTEXT      the folder of the build context, a copy of this one
set -euo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/../../scripts/lib.sh"

context=$1
drive=$context/drive_c
python=org.bytedeco:cpython:$(about wine part | sed -n 's|^pkg:maven/org.bytedeco/cpython@\([^ ]*\) .*|\1|p'):jar:windows-x86_64
python_sha256=7bb589847e8dbefdd64be59e02b292eb0ef442102e2fc1c5ff5ad5b14b4f88eb
# What tests, windows and installers of Python need; a task does not.
left_out=(test idlelib tkinter turtledemo lib2to3 ensurepip pip 'pip-*' setuptools 'setuptools-*' pkg_resources
  _distutils_hack distutils-precedence.pth msilib 'tcl86t.dll' 'tk86t.dll' '_tkinter.pyd' '_test*.pyd' 'pyshellext.dll')

have x86_64-w64-mingw32-gcc || install_packages gcc-mingw-w64-x86-64
have mvn || install_packages maven
have unzip || install_packages unzip

mkdir -p "$drive/Program Files/Rebatch" "$drive/Python310"
x86_64-w64-mingw32-gcc -O2 -s -Wall -Wextra -Werror -o "$drive/Program Files/Rebatch/run-program.exe" \
  "$context/source/run-program.c"

jar=$context/cpython.jar
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy -Dartifact="$python" \
  -DoutputDirectory="$PWD/$context" -Dmdep.stripVersion=true -Dmdep.stripClassifier=true
echo "$python_sha256  $jar" | sha256sum -c --quiet
unzip -q "$jar" 'org/bytedeco/cpython/windows-x86_64/*' -d "$context"
unpacked=$context/org/bytedeco/cpython/windows-x86_64
for name in "${left_out[@]}"; do
  find "$unpacked/lib" -maxdepth 1 -name "$name" -exec rm -r {} +
done
mv "$unpacked"/{python.exe,python310.dll,lib} "$drive/Python310/"
mv "$drive/Python310/lib" "$drive/Python310/Lib"
# Programs look for them beside the interpreter.
mv "$drive/Python310/Lib"/vcruntime140*.dll "$drive/Python310/"
rm -r "$context/org" "$jar"
