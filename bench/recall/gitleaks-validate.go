package utils

import (
	"encoding/json"
	"os"

	"github.com/zricethezav/gitleaks/v8/config"
)

type recallCase struct {
	Rule     string `json:"rule"`
	Positive bool   `json:"positive"`
	Path     string `json:"path,omitempty"`
	Text     string `json:"text"`
}

func tell(rule string, positive bool, path string, text string) {
	_ = json.NewEncoder(os.Stdout).Encode(recallCase{rule, positive, path, text})
}

func Validate(rule config.Rule, truePositives []string, falsePositives []string) *config.Rule {
	for _, text := range truePositives {
		tell(rule.RuleID, true, "", text)
	}
	for _, text := range falsePositives {
		tell(rule.RuleID, false, "", text)
	}
	return &rule
}

func ValidateWithPaths(rule config.Rule, truePositives map[string]string, falsePositives map[string]string) *config.Rule {
	for path, text := range truePositives {
		tell(rule.RuleID, true, path, text)
	}
	for path, text := range falsePositives {
		tell(rule.RuleID, false, path, text)
	}
	return &rule
}
