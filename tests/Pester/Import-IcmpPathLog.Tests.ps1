BeforeAll { . $PSScriptRoot/Initialize.ps1 }

Describe 'Import-IcmpPathLog' {
    It 'knows the host from the interfaces of the header' {
        (Import-IcmpPathLog $data/smtx/oshost-send.log)[0].HostRole | Should -Be 'Sender'
        (Import-IcmpPathLog $data/smtx/oshost-recv.log)[0].HostRole | Should -Be 'Receiver'
    }

    It 'takes the latency line with its flow' {
        $first = Import-IcmpPathLog $data/smtx/oshost-send.log | Select-Object -First 1
        $first.ReqInternalUs | Should -Be 13.1
        $first.ExternalUs | Should -Be 137.3
        $first.RepInternalUs | Should -Be 8.8
        $first.TotalUs | Should -Be 159.2
        $first.Source | Should -Be '10.0.130.145'
    }

    It 'gives null, not 0, for a stage that was not seen' {
        $text = (Get-Content -Raw $data/smtx/oshost-send.log) -replace 'RepRX:Y RepTX:Y(\r?\n  Latency\(us\): ReqInternal=13\.1)', 'RepRX:- RepTX:Y$1'
        Set-Content TestDrive:/x.log $text -NoNewline
        $first = Import-IcmpPathLog TestDrive:/x.log | Select-Object -First 1
        $first.ExternalUs | Should -BeNullOrEmpty
        $first.TotalUs | Should -Be 159.2
    }

    It 'tells lost packets and where, with -Drop' {
        $drops = @(Import-IcmpPathLog $PSScriptRoot/../../examples/logs/host-with-drops.log -Drop)
        $drops.Sequence | Should -Be 2, 3
        $drops.DropLocation | Should -Be 'External', 'RequestInternal'
        $drops[0].HostRole | Should -Be 'Sender'
        @(Import-IcmpPathLog $PSScriptRoot/../../examples/logs/host-with-drops.log).Sequence | Should -Be 1, 4
    }
}
