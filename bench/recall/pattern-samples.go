package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/zricethezav/gitleaks/v8/cmd/generate/secrets"
)

type rule struct {
	Peer     string   `json:"peer"`
	ID       string   `json:"id"`
	Pattern  string   `json:"pattern"`
	Keywords []string `json:"keywords"`
	Path     string   `json:"path"`
	Examples  []string `json:"examples"`
	Negatives []string `json:"negatives"`
}
type out struct {
	Rule     string `json:"rule"`
	Positive bool   `json:"positive"`
	Path     string `json:"path,omitempty"`
	Text     string `json:"text"`
}

func firstGroup(re *syntax.Regexp) *syntax.Regexp {
	if re.Op == syntax.OpCapture {
		return re
	}
	for _, s := range re.Sub {
		if g := firstGroup(s); g != nil {
			return g
		}
	}
	return nil
}

// rawGroup is the first capturing group of the pattern as it is written.
func rawGroup(p string) string {
	inClass := false
	for at := 0; at < len(p); at++ {
		switch {
		case p[at] == '\\':
			at++
		case inClass:
			inClass = p[at] != ']'
		case p[at] == '[':
			inClass = true
		case p[at] == '(' && (at+1 >= len(p) || p[at+1] != '?' || strings.HasPrefix(p[at:], "(?P<")):
			depth, class := 0, false
			for end := at; end < len(p); end++ {
				switch {
				case p[end] == '\\':
					end++
				case class:
					class = p[end] != ']'
				case p[end] == '[':
					class = true
				case p[end] == '(':
					depth++
				case p[end] == ')':
					depth--
					if depth == 0 {
						inner := p[at+1 : end]
						if strings.HasPrefix(inner, "?P<") {
							inner = inner[strings.IndexByte(inner, '>')+1:]
						}
						return inner
					}
				}
			}
		}
	}
	return p
}

func safe(pattern string) (s string, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return secrets.NewSecret(pattern), true
}

var forms = []string{
	"%[1]s_TOKEN=%[2]s\n", "{\n  \"%[1]s_api_key\": \"%[2]s\"\n}\n", "const %[1]sToken = \"%[2]s\";\n", "%[1]s_key: %[2]s\n",
}

func main() {
	var rules []rule
	if err := json.NewDecoder(os.Stdin).Decode(&rules); err != nil {
		panic(err)
	}
	want := os.Args[1]
	enc := json.NewEncoder(os.Stdout)
	for _, r := range rules {
		if r.Peer != want {
			continue
		}
		for _, e := range r.Examples {
			_ = enc.Encode(out{r.ID, true, "", e})
		}
		for _, e := range r.Negatives {
			_ = enc.Encode(out{r.ID, false, "", e})
		}
		re, err := regexp.Compile(r.Pattern)
		if err != nil {
			fmt.Fprintln(os.Stderr, "pattern", r.ID, err)
			continue
		}
		parsed, _ := syntax.Parse(r.Pattern, syntax.Perl)
		source := r.Pattern
		if firstGroup(parsed) != nil {
			source = rawGroup(r.Pattern)
		}
		source = strings.NewReplacer("(?i)", "", "(?i:", "(?:", "(?-i:", "(?:", `\b`, "").Replace(source)
		names := []string{}
		for _, k := range r.Keywords {
			k = strings.Trim(k, "-_.:=/ ")
			if k != "" {
				names = append(names, k)
			}
		}
		names = append(names, strings.Split(r.ID, "-")[0])
		made := 0
		for n := 0; n < 3; n++ {
			for at, form := range forms {
				done := false
				for try := 0; try < 60 && !done; try++ {
					s, ok := safe(source)
					if !ok {
						break
					}
					s = strings.TrimSpace(s)
					if strings.IndexFunc(s, func(c rune) bool { return c > 126 || c < 32 }) >= 0 {
						continue
					}
					name := names[try%len(names)]
					if at == 0 {
						name = strings.ToUpper(name)
					}
					text := fmt.Sprintf(form, name, s)
					if m := re.FindString(text); m == "" {
						continue
					}
					done = true
					made++
					_ = enc.Encode(out{r.ID, true, "", text})
				}
			}
		}
		if made == 0 {
			// the whole pattern, as it generates
			for n := 0; n < 3; n++ {
				if s, ok := safe(r.Pattern); ok && re.MatchString(s) {
					made++
					_ = enc.Encode(out{r.ID, true, "", s})
				}
			}
		}
		if made == 0 {
			fmt.Fprintln(os.Stderr, "nothing made", r.ID)
		}
	}
}
