package handlers

import "testing"

func TestNew(t *testing.T) {
	if NewEventHandler(nil) == nil {
		t.Fatal("no handler")
	}
}
