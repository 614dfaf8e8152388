; Stalin Study's installer: for the one who runs it, or for all when it is run elevated.
; make_installers.py gives VERSION, SOURCE, OUTPUT, ICON, SIZE_KB and LONGEST, AMD64 where NSIS has
; stubs of 64 bits, and SIGN, a command, where there is a certificate.

Unicode true
!ifdef AMD64
  Target amd64-unicode
!endif
!ifdef QUICK
  SetCompressor zlib ; for trials
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "WordFunc.nsh"
!include "x64.nsh"

!define APP "Stalin Study"
!define PROGRAM "Stalin Study.exe"
!define VOICE "stalin-study.exe"
!define PUBLISHER "The Stalin Study project"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"
!define APP_KEY "Software\${APP}"
!define OLDEST_BUILD 17763

; How a silent run that cannot go on ends: Windows' own numbers, docs/schools.md lists them.
!define DENIED 5
!define OPEN 32
!define NO_ROOM 112
!define PATH_TOO_LONG 206
!define NEWER_IS_HERE 1638
!define TWICE 1618
!define OTHER_SYSTEM 1633
!define OTHER_INSTALLER 183

Name "${APP}"
OutFile "${OUTPUT}"
RequestExecutionLevel user
ManifestSupportedOS Win10
ManifestDPIAware true
ManifestLongPathAware true
BrandingText "${APP} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${APP}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${APP} Setup"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=0 "LegalCopyright" "GNU General Public License, version 3 or later"
!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Open ${APP}"
!define MUI_FINISHPAGE_RUN_FUNCTION OpenProgram
!insertmacro MUI_PAGE_COMPONENTS
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE CheckFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Var ForAll
Var Earlier
Var EarlierFolder

; Says why it cannot go on: in a window, or in a file where it is silent.
!macro Refuse code sentence
  SetErrorLevel ${code}
  ${If} ${Silent}
    FileOpen $9 "$TEMP\StalinStudy-Setup.log" w
    FileWriteUTF16LE /BOM $9 "${sentence}$\r$\n"
    FileClose $9
  ${Else}
    MessageBox MB_OK|MB_ICONEXCLAMATION "${sentence}"
  ${EndIf}
!macroend
!define Refuse "!insertmacro Refuse"

; Windows lets nobody write into a program that runs.
!macro OpenCheck un
Function ${un}IsOpen
  Push 0
  Exch $0
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $9 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $9
    ${EndIf}
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${VOICE}"
    ClearErrors
    FileOpen $9 "$INSTDIR\${VOICE}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $9
    ${EndIf}
  ${EndIf}
  Exch $0
FunctionEnd
!macroend
!insertmacro OpenCheck ""
!insertmacro OpenCheck "un."

; For all users when run elevated, unless /CURRENTUSER; /ALLUSERS asks for it, and must be elevated.
Function ChooseScope
  ${GetParameters} $0
  UserInfo::GetAccountType
  Pop $1
  StrCpy $ForAll 0
  ${If} $1 == "Admin"
    StrCpy $ForAll 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/CURRENTUSER" $2
  ${IfNot} ${Errors}
    StrCpy $ForAll 0
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $2
  ${IfNot} ${Errors}
    ${If} $1 != "Admin"
      ${Refuse} ${DENIED} "To install ${APP} for all users, run the installer as administrator."
      Abort
    ${EndIf}
    StrCpy $ForAll 1
  ${EndIf}
  ${If} $ForAll = 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
FunctionEnd

; Where it is installed already; there it goes again unless /D= names another folder.
Function FindEarlier
  ReadRegStr $Earlier SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ReadRegStr $EarlierFolder SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $INSTDIR != ""
    Return
  ${EndIf}
  ${If} $EarlierFolder != ""
    StrCpy $INSTDIR $EarlierFolder
  ${ElseIf} $ForAll = 1
    StrCpy $INSTDIR "$PROGRAMFILES64\${APP}"
  ${Else}
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${APP}"
  ${EndIf}
FunctionEnd

Function RefuseOverMsi
  ReadRegStr $0 HKLM "${APP_KEY}" "InstalledByMsi"
  ${If} $0 != ""
  ${AndIf} $ForAll = 1
    ${Refuse} ${OTHER_INSTALLER} "${APP} $0 was installed on this computer from its MSI package. \
Remove that, or install the newer MSI package."
    Abort
  ${EndIf}
FunctionEnd

Function RefuseOverNewer
  ${If} $Earlier == ""
    Return
  ${EndIf}
  ${VersionCompare} "$Earlier" "${VERSION}" $0
  ${If} $0 != 1
    Return
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DOWNGRADE" $1
  ${If} ${Errors}
    ${Refuse} ${NEWER_IS_HERE} "A newer ${APP} ($Earlier) is installed. Uninstall it first if you \
want ${VERSION}; progress is kept, but an older version may not be able to read it."
    Abort
  ${EndIf}
FunctionEnd

; What must be so before anything is written. Aborts else: the page stays, a silent run ends.
Function CheckFolder
  StrLen $0 $INSTDIR
  IntOp $1 $0 + ${LONGEST}
  ${If} $1 > 258
    IntOp $1 258 - ${LONGEST}
    ${Refuse} ${PATH_TOO_LONG} "The path of this folder is $0 characters long, and Windows allows \
at most $1 for ${APP}. Choose a shorter one."
    Abort
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\_internal\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${PROGRAM}"
    ${Refuse} ${OTHER_INSTALLER} "There is another program in this folder. Choose an empty one."
    Abort
  ${EndIf}
  Call IsOpen
  Pop $0
  ${If} $0 = 1
    ${Refuse} ${OPEN} "${APP} is open, or you may not change it. Close it, then install again."
    Abort
  ${EndIf}
FunctionEnd

; Room for the whole, beside the old version, so that no half of it is left.
Function CheckRoom
  ClearErrors
  CreateDirectory "$INSTDIR"
  ${If} ${Errors}
    ${Refuse} ${DENIED} "You may not write into $INSTDIR. Choose another folder."
    Abort
  ${EndIf}
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$INSTDIR", *l .r1, p 0, p 0) i .r0'
  ${If} $0 <> 0
    System::Int64Op $1 / 1024
    Pop $1
    System::Int64Op $1 < ${SIZE_KB}
    Pop $0
    ${If} $0 = 1
      RMDir "$INSTDIR"
      IntOp $0 ${SIZE_KB} / 1000
      ${Refuse} ${NO_ROOM} "There is not enough room: ${APP} needs $0 MB on this disk."
      Abort
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "${APP}"
  SectionIn RO
  Call CheckFolder
  Call CheckRoom
  ${If} $EarlierFolder != ""
  ${AndIf} $EarlierFolder != $INSTDIR
  ${AndIf} ${FileExists} "$EarlierFolder\uninstall.exe"
    ExecWait '"$EarlierFolder\uninstall.exe" /S _?=$EarlierFolder' $0
    ${If} $0 = ${OPEN}
      ${Refuse} ${OPEN} "${APP} is open. Close it, then install again."
      Abort
    ${EndIf}
    Delete "$EarlierFolder\uninstall.exe"
    RMDir "$EarlierFolder"
  ${EndIf}
  ; The old version makes room for the new one, and comes back if that cannot be written.
  RMDir /r "$INSTDIR\_earlier"
  ${If} ${FileExists} "$INSTDIR\_internal\*.*"
    ClearErrors
    Rename "$INSTDIR\_internal" "$INSTDIR\_earlier"
    ${If} ${Errors}
      ${Refuse} ${OPEN} "${APP} is open. Close it, then install again."
      Abort
    ${EndIf}
  ${EndIf}
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${SOURCE}\_internal"
  ${IfNot} ${Errors}
    File "${SOURCE}\${VOICE}"
    File "${SOURCE}\${PROGRAM}"
    WriteUninstaller "$INSTDIR\uninstall.exe"
  ${EndIf}
  ${If} ${Errors}
    Call GoBack
    ${Refuse} ${NO_ROOM} "The files of ${APP} could not be written to $INSTDIR. Make room, or \
choose another folder."
    Abort
  ${EndIf}
  RMDir /r "$INSTDIR\_earlier"
  CreateShortcut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\${PROGRAM}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${APP}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section /o "Shortcut on the desktop" DESKTOP_SECTION
  CreateShortcut "$DESKTOP\${APP}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

Function GoBack
  RMDir /r "$INSTDIR\_internal"
  Rename "$INSTDIR\_earlier" "$INSTDIR\_internal"
FunctionEnd

Function .onInit
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "StalinStudySetup") p .r0 ?e'
  Pop $0
  ${If} $0 = 183
    ${Refuse} ${TWICE} "${APP} is being installed already. Wait until that has finished."
    Abort
  ${EndIf}
  ${IfNot} ${RunningX64}
    ${Refuse} ${OTHER_SYSTEM} "${APP} needs Windows of 64 bits, and this one has 32."
    Abort
  ${EndIf}
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    ${Refuse} ${OTHER_SYSTEM} "${APP} needs Windows 10 version 1809 or newer."
    Abort
  ${EndIf}
  SetRegView 64
  Call ChooseScope
  Call FindEarlier
  Call RefuseOverMsi
  Call RefuseOverNewer
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DESKTOP" $1
  ${IfNot} ${Errors}
    SectionSetFlags ${DESKTOP_SECTION} ${SF_SELECTED}
  ${EndIf}
FunctionEnd

; By the desktop, so that an elevated installer opens no elevated program.
Function OpenProgram
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${PROGRAM}"'
FunctionEnd

Section "un.${APP}"
  SectionIn RO
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\_earlier"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${VOICE}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ReadRegStr $0 SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    Delete "$SMPROGRAMS\${APP}.lnk"
    Delete "$DESKTOP\${APP}.lnk"
    DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  ${EndIf}
  SetShellVarContext current
  RMDir /r "$LOCALAPPDATA\${APP}\Cache"
  RMDir "$LOCALAPPDATA\${APP}"
SectionEnd

; Off unless asked for; of the user who uninstalls.
Section /o "un.My progress and settings as well" PROGRESS_SECTION
  SetShellVarContext current
  RMDir /r "$APPDATA\${APP}"
SectionEnd

Function un.onInit
  SetRegView 64
  SetShellVarContext current
  StrCpy $ForAll 0
  ReadRegStr $0 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    StrCpy $ForAll 1
    SetShellVarContext all
    UserInfo::GetAccountType
    Pop $1
    ${If} $1 != "Admin"
      ${If} ${Silent}
        ${Refuse} ${DENIED} "To uninstall ${APP} for all users, run this as administrator."
      ${Else}
        ExecShell "runas" "$INSTDIR\uninstall.exe"
      ${EndIf}
      Abort
    ${EndIf}
  ${EndIf}
  Call un.IsOpen
  Pop $0
  ${If} $0 = 1
    ${Refuse} ${OPEN} "${APP} is open, or you may not change it. Close it, then uninstall again."
    Abort
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DELETEPROGRESS" $1
  ${IfNot} ${Errors}
    SectionSetFlags ${PROGRESS_SECTION} ${SF_SELECTED}
  ${EndIf}
FunctionEnd
