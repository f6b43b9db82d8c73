namespace VirtLatency.Tests.Reporting.Workbook;

/// <summary>A test that opens the file in LibreOffice; reported as skipped, with the reason, where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OfficeFactAttribute : FactAttribute
{
    public OfficeFactAttribute() => Skip = Program is null ? "LibreOffice (soffice) is not on the path." : null;

    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "soffice")).FirstOrDefault(File.Exists);
}
