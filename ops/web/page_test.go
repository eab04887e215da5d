package web_test

import (
	"context"
	"testing"
)

// All tests of the page share one Chromium, each has a tab and a node of its own.
func TestPage(t *testing.T) {
	chromium := browser(t)
	f := func(name string, test func(t *testing.T, chromium context.Context)) {
		t.Run(name, func(t *testing.T) { test(t, chromium) })
	}
	f("flood", testFlood)
	f("order", testOrder)
	f("findings stay", testFindingsStay)
	f("reconnect", testReconnect)
	f("signed out", testSignedOut)
	f("login", testLogin)
	f("young node", testYoungNode)

	f("keyboard", testKeyboard)
	f("search", testSearch)
	f("tile cursor", testTileCursor)

	f("limits", testLimits)
	f("pause", testPause)
	f("drain", testDrain)
	f("refused action", testRefusedAction)

	f("hostile text", testHostileText)
	f("explain", testExplain)
	f("modules", testModules)
	f("own resources", testOwnResources)

	f("narrow", testNarrow)
	f("steady", testSteady)
	f("contrast", testContrast)
	f("reduced motion", testReducedMotion)
}
