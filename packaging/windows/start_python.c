/* python.exe for builds under wine: Python's own main, from the DLL beside it. */
#include <windows.h>



int wmain(int count, wchar_t **words)
{
    HMODULE library = LoadLibraryW(L"python311.dll");
    if (library == NULL)
        return 101;
    int (*run)(int, wchar_t **) = (int (*)(int, wchar_t **))(void *)GetProcAddress(library, "Py_Main");
    return run(count, words);
}
