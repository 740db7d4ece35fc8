// Command tlog-go verifies a folder of Countersign's log proofs with Go's own
// transparency-log packages (golang.org/x/mod/sumdb), which share no code with Countersign.
//
// The folder holds:
//
//	log.vkey          the log's verifier key
//	checkpoint        a signed checkpoint of the log
//	NAME.entry        the exact bytes of one log entry
//	NAME.tlog-proof   the proof that this entry is in the log (c2sp.org/tlog-proof)
//
// It prints one line for the checkpoint and one for each entry, and exits with 1 when any of them
// does not verify, when an entry has no proof or a proof no entry, and when there is no entry.
package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	entrySuffix = ".entry"
	proofSuffix = ".tlog-proof"
	proofHeader = "c2sp.org/tlog-proof@v1"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: tlog-go FOLDER")
		os.Exit(2)
	}
	if err := verifyFolder(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "tlog-go:", err)
		os.Exit(1)
	}
}

func verifyFolder(folder string) error {
	vkey, err := os.ReadFile(filepath.Join(folder, "log.vkey"))
	if err != nil {
		return err
	}
	logKey, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	if err != nil {
		return fmt.Errorf("log.vkey: %w", err)
	}
	signed, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(signed, logKey)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	fmt.Printf("ok checkpoint %s size %d\n", logKey.Name(), tree.N)

	names, err := objectNames(folder)
	if err != nil {
		return err
	}
	failed := 0
	for _, name := range names {
		index, size, err := verifyObject(folder, name, logKey)
		if err != nil {
			fmt.Printf("FAILED %s: %v\n", name, err)
			failed++
			continue
		}
		fmt.Printf("ok %s index %d size %d\n", name, index, size)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d entries do not verify", failed, len(names))
	}
	return nil
}

// objectNames lists every name that has an entry or a proof, so that a missing half is an error.
func objectNames(folder string) ([]string, error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, file := range files {
		for _, suffix := range []string{entrySuffix, proofSuffix} {
			if name := strings.TrimSuffix(file.Name(), suffix); name != file.Name() {
				seen[name] = true
			}
		}
	}
	if len(seen) == 0 {
		return nil, errors.New("the folder holds no entry")
	}
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	sort.Strings(names)
	return names, nil
}

func verifyObject(folder, name string, logKey note.Verifier) (index, size int64, err error) {
	entry, err := os.ReadFile(filepath.Join(folder, name+entrySuffix))
	if err != nil {
		return 0, 0, err
	}
	text, err := os.ReadFile(filepath.Join(folder, name+proofSuffix))
	if err != nil {
		return 0, 0, err
	}
	index, hashes, signed, err := parseProof(text)
	if err != nil {
		return 0, 0, err
	}
	tree, err := openCheckpoint(signed, logKey)
	if err != nil {
		return 0, 0, err
	}
	if index >= tree.N {
		return 0, 0, fmt.Errorf("index %d is not below size %d", index, tree.N)
	}
	return index, tree.N, tlog.CheckRecord(hashes, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}

// openCheckpoint verifies the log's signature and reads origin, size and root (c2sp.org/tlog-checkpoint).
func openCheckpoint(signed []byte, logKey note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(logKey))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != logKey.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := parseDecimal(lines[1])
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

func parseProof(text []byte) (int64, tlog.RecordProof, []byte, error) {
	head, signed, found := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || lines[0] != proofHeader {
		return 0, nil, nil, errors.New("not a " + proofHeader)
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		if _, err := base64.StdEncoding.Strict().DecodeString(lines[0][len("extra "):]); err != nil {
			return 0, nil, nil, err
		}
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return 0, nil, nil, errors.New("the proof has no index")
	}
	index, err := parseDecimal(lines[0][len("index "):])
	if err != nil {
		return 0, nil, nil, err
	}
	proof := tlog.RecordProof{}
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return 0, nil, nil, err
		}
		proof = append(proof, hash)
	}
	return index, proof, signed, nil
}

func parseDecimal(text string) (int64, error) {
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil || value < 0 || strconv.FormatInt(value, 10) != text {
		return 0, fmt.Errorf("%q is not a decimal", text)
	}
	return value, nil
}
