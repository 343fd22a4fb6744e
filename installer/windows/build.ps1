# Makes an installer for Windows: build.ps1, after `mvn package` on Windows with a JDK 25 (jpackage) and the WiX toolset on the path. It lies in target\installer.
# Not tried on Windows yet. Signing is left to signtool.
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')
$image = 'target\serpentarium'
if (-not (Test-Path "$image\lib\serpentarium.jar")) { throw "There is no $image yet: run mvn package first." }
$version = ([xml](Get-Content pom.xml)).project.version
$out = 'target\installer'
$work = "$out\windows"
Remove-Item -Recurse -Force $work -ErrorAction SilentlyContinue
New-Item -ItemType Directory -Force $work | Out-Null

$options = @()
foreach ($option in Get-Content "$image\lib\jvm.options") { if ($option.Trim()) { $options += '--java-options', $option.Trim() } }
$associations = @()
foreach ($line in Get-Content installer\associations.txt) {
    $extension, $description = $line.Split('|')
    $file = "$work\$extension.properties"
    Set-Content $file @("extension=$extension", "mime-type=application/x-serpentarium-$extension", "description=$description")
    $associations += '--file-associations', $file
}

Copy-Item -Recurse "$image\lib" "$work\input"
Remove-Item "$work\input\jvm.options", "$work\input\serpentarium.aot"
$common = @('--name', 'Serpentarium', '--app-version', $version, '--vendor', 'The Serpentarium engineers')
# A second launcher with a console, for the verbs: the first one opens no black window.
Set-Content "$work\console.properties" @('win-console=true', 'win-menu=false', 'win-shortcut=false')
jpackage --type app-image @common --icon installer\icons\serpentarium.ico --runtime-image "$image\runtime" --input "$work\input" `
    --main-jar serpentarium.jar --main-class serpentarium.app.Main --app-content "$image\assets" --add-launcher "serpentarium-cli=$work\console.properties" `
    --java-options '-XX:AOTCache=$APPDIR\serpentarium.aot' --java-options '-Xlog:aot=off' --java-options '-Xlog:cds=off' `
    --java-options '-Djava.library.path=$APPDIR\native' --java-options '-Dserpentarium.assets=$APPDIR\..\assets' @options --dest $work
if ($LASTEXITCODE) { throw 'jpackage failed.' }

# The launcher names every jar; the archive's manifest does so already, and a cache holds for one class path only. It is made where the files have their last dates.
$app = "$work\Serpentarium\app"
foreach ($launcher in "$app\Serpentarium.cfg", "$app\serpentarium-cli.cfg") {
    Set-Content $launcher (Get-Content $launcher | Where-Object { $_ -notmatch '^app\.classpath=' -or $_ -match 'serpentarium\.jar$' })
}
& "$image\runtime\bin\java" "-XX:AOTCacheOutput=$app\serpentarium.aot" -Xlog:disable "-Xlog:all=off:stderr" "@$image\lib\jvm.options" "-Djava.library.path=$app\native" `
    "-Dserpentarium.assets=$image\assets" "-Dserpentarium.home=$work\warm" -cp "$app\serpentarium.jar" serpentarium.app.Main warm-up "$work\warm"
& "$image\runtime\bin\java" -XX:AOTMode=on "-XX:AOTCache=$app\serpentarium.aot" "@$image\lib\jvm.options" -cp "$app\serpentarium.jar" serpentarium.app.Main --version | Out-Null
if ($LASTEXITCODE) { throw 'The cache does not fit the program.' }

$program = "$work\Serpentarium\serpentarium-cli.exe"
if ((& $program --version) -ne "Serpentarium $version") { throw "The program in $program does not work." }
if (-not ((& $program profile "$work\Serpentarium\assets\demo\shop.pstats" --json --top 1) -match 'same_name')) { throw "$program does not read the demo." }

jpackage --type msi @common --app-image "$work\Serpentarium" @associations --win-menu --win-shortcut-prompt --win-dir-chooser --win-per-user-install `
    --win-upgrade-uuid 7b0f3c1e-52a4-4a0f-9d38-6f1c0a3a9b57 --dest $out
if ($LASTEXITCODE) { throw 'jpackage failed.' }
Remove-Item -Recurse -Force $work
Get-ChildItem "$out\*.msi"
