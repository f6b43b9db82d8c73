@{
    Severity     = @('Error', 'Warning', 'Information')
    ExcludeRules = @(
        # Parameters of a script are read inside its functions and script blocks, which the rule does not follow.
        'PSReviewUnusedParameter'
    )
    Rules        = @{
        PSUseConsistentIndentation = @{ Enable = $true; IndentationSize = 4 }
        PSUseConsistentWhitespace  = @{ Enable = $true; IgnoreAssignmentOperatorInsideHashTable = $true }
        PSPlaceOpenBrace           = @{ Enable = $true; IgnoreOneLineBlock = $true }
        PSUseCorrectCasing         = @{ Enable = $true }
    }
}
