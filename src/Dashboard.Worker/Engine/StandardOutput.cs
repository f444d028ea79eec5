using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dashboard.Worker;

/// <summary>Takes standard output away from whatever runs in this process: a module's <c>print</c> would otherwise write between the messages.</summary>
internal static partial class StandardOutput
{
    /// <summary>The pipe that was standard output. What is printed from now on goes to standard error.</summary>
    public static FileStream TakeAway()
    {
        var pipe = Duplicate(1);
        if (pipe < 0 || DuplicateTo(2, 1) < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        return new FileStream(new SafeFileHandle(pipe, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int DuplicateTo(int descriptor, int other);
}
