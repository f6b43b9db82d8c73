using System.Diagnostics;
using System.Globalization;

namespace VirtLatency.Tests.Reporting.Workbook;

/// <summary>Another program reads the same values from the file.</summary>
public sealed class OfficeTests
{
    /// <summary>Comma, quotes, UTF-8, from line 1, all text quoted, values rather than what is shown, formulas no, every sheet.</summary>
    private const string AllSheets = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1";

    [OfficeFact]
    public async Task LibreOffice_reads_every_sheet_with_the_same_numbers()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "report.xlsx");
        await File.WriteAllBytesAsync(file, WrittenWorkbook.Of(Reports.Reference).Bytes);
        await Convert(file, folder.Path);
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "report-Layers.csv"));
        string[] total = lines.Single(line => line.StartsWith("\"RoundTrip\"", StringComparison.Ordinal)).Replace("\"", string.Empty, StringComparison.Ordinal).Split(',');

        Assert.Equal(WrittenWorkbook.Of(Reports.Reference).Sheets.Select(sheet => $"report-{sheet.Name}.csv").Order(StringComparer.Ordinal), Directory.GetFiles(folder.Path, "*.csv").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(Reports.Reference.Layers.Number("RoundTrip", "Reference").Value, double.Parse(total[2], CultureInfo.InvariantCulture), 9);
        Assert.Equal(Reports.Reference.Layers.Number("RoundTrip", "Difference").Value, double.Parse(total[6], CultureInfo.InvariantCulture), 9);
    }

    [OfficeFact]
    public async Task LibreOffice_takes_no_text_for_a_formula()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "odd.xlsx");
        await File.WriteAllBytesAsync(file, WrittenWorkbook.Of(OddReports.Injected()).Bytes);
        await Convert(file, folder.Path);
        string logs = await File.ReadAllTextAsync(Path.Combine(folder.Path, "odd-Logs.csv"));

        Assert.Contains("\"+1+1\"", logs, StringComparison.Ordinal);
        Assert.Contains("\"" + OddReports.Formula.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"", logs, StringComparison.Ordinal);
        Assert.Contains(OddReports.Coded, logs, StringComparison.Ordinal);
    }

    private static async Task Convert(string file, string folder)
    {
        // A profile of its own: another LibreOffice that runs would take the order and answer nothing.
        string profile = new Uri(Path.Combine(folder, "profile")).AbsoluteUri;
        using var process = Process.Start(new ProcessStartInfo(OfficeFactAttribute.Program!)
        {
            ArgumentList = { $"-env:UserInstallation={profile}", "--headless", "--convert-to", AllSheets, "--outdir", folder, file },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
    }
}
