namespace VirtLatency.CpuIdle;

/// <summary>
/// Holds a latency limit on the whole machine for as long as it lives: /dev/cpu_dma_latency takes one native 32-bit
/// integer, and the kernel drops it when the file closes, also when the process is killed.
/// </summary>
public sealed class LatencyHold : IDisposable
{
    /// <summary>The kernel's device.</summary>
    public const string Device = "/dev/cpu_dma_latency";

    private readonly FileStream _file;

    private LatencyHold(FileStream file) => _file = file;

    /// <summary>Sets the limit.</summary>
    /// <param name="hostName">This machine's name for errors.</param>
    /// <param name="limitUs">The longest exit latency (us); 0 is polling only.</param>
    /// <param name="device">The device.</param>
    /// <returns>What holds it.</returns>
    /// <exception cref="HostAccessException">Not root, or no such device.</exception>
    public static LatencyHold Take(string hostName, int limitUs, string device = Device)
    {
        try
        {
            // A text of other than four bytes would be read as hexadecimal.
            var file = new FileStream(device, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            try
            {
                file.Write(BitConverter.GetBytes(limitUs));
                return new LatencyHold(file);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new HostAccessException(HostAccessProblem.Denied, hostName, $"No permission to write '{device}' on {hostName}. Run as root (sudo).", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HostAccessException(HostAccessProblem.Missing, hostName, $"'{device}' is not there on {hostName}: its kernel has no PM QoS.", e);
        }
        catch (IOException e)
        {
            throw new HostAccessException(HostAccessProblem.Refused, hostName, $"'{device}' on {hostName} does not take {limitUs} us: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
