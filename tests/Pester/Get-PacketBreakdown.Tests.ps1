BeforeAll {
    . $PSScriptRoot/Initialize.ps1
    $script:zbs = Import-LatencyEnvironment $data/zbs
}

Describe 'Get-PacketBreakdown' {
    It 'gives a row per packet, in the order of the sequence' {
        (Get-PacketBreakdown $zbs).Sequence | Should -Be (1..16)
    }

    It 'gives the fourth packet <Name> as <Us> us' -TestCases @(
        # As printed: RTT 756.593, A 11.897, M 20.483, span 612.9; External 579.5 of the sender, 420.2 the receiver.
        @{ Name = 'RoundTripUs'; Us = 756.593 }
        @{ Name = 'SegmentAUs'; Us = 11.897 }
        @{ Name = 'HostToHostUs'; Us = 159.3 }
        @{ Name = 'VirtSenderUs'; Us = 111.313 }
        @{ Name = 'VirtReceiverUs'; Us = 345.967 }
        @{ Name = 'ResidualUs'; Us = 0 }
    ) {
        $row = Get-PacketBreakdown $zbs | Where-Object Sequence -EQ 4
        [math]::Round($row.$Name, 3) | Should -Be $Us
    }

    It 'leaves empty what no log says' {
        (Get-PacketBreakdown $zbs | Select-Object -First 1).SegmentLUs | Should -BeNullOrEmpty
    }

    It 'says how the logs joined' {
        $said = Get-PacketBreakdown $zbs -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $said[0].Message | Should -BeLike '*16 of 16 packets are in all of SenderVm, ReceiverVm, SenderHost, ReceiverHost*'
        @($said.Message -like '*SenderTunIrq*0 of 16 matched, 16 unmatched*').Count | Should -Be 1
    }

    It 'warns where nothing joins' {
        $rows = Import-LatencyEnvironment $data/zbs-c6off | Get-PacketBreakdown -WarningVariable said -WarningAction SilentlyContinue
        $rows | Should -BeNullOrEmpty
        $said[0].Message | Should -BeLike "No packet of 'zbs-c6off' is in two of its logs*"
    }

    It 'refuses other objects with an id' {
        { Get-Date | Get-PacketBreakdown -ErrorAction Stop } | Should -Throw -ErrorId 'InputNotLatencyData,VirtLatency.Commands.GetPacketBreakdownCommand'
    }
}
