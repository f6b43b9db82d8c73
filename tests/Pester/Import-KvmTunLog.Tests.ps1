BeforeAll { . $PSScriptRoot/Initialize.ps1 }

Describe 'Import-KvmTunLog' {
    It 'gives whole us and leaves the host open' {
        $samples = Import-KvmTunLog $data/zbs-c6off/zbshost-kvm-tx.log
        $samples.TotalUs | Should -Be @(23, 17, 28, 18)
        $samples[0].Time | Should -Be '14:23:16.827'
        $samples[0].HostRole | Should -BeNullOrEmpty
    }

    It 'takes the host from a parameter' {
        (Import-KvmTunLog $data/zbs-c6off/zbshost-kvm-tx.log -HostRole Receiver)[0].HostRole | Should -Be 'Receiver'
    }

    It 'gives the tool''s own averages, in the short form too' {
        Set-Content TestDrive:/short.log @(
            '[14:23:16.827] tid=73868 queue=2 s0=14us s1=5us s2=4us total=23us'
            ''
            'Exact averages (us): S0=14.750, S1=3.500, S2=3.250, Total=21.500'
        )
        (Import-KvmTunLog TestDrive:/short.log -Summary).MeanUs | Should -Be @(14.75, 3.5, 3.25, 21.5)
    }

    It 'takes total=0us for not measured' {
        Set-Content TestDrive:/zero.log '[14:23:16.827] tid=73868 queue=2 s0=0us s1=5us s2=4us total=0us'
        $sample = Import-KvmTunLog TestDrive:/zero.log
        $sample.S0Us | Should -BeNullOrEmpty
        $sample.S1Us | Should -Be 5
        $sample.TotalUs | Should -BeNullOrEmpty
    }
}
