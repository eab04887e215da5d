package templates

import (
	"slices"

	"github.com/expr-lang/expr/ast"
)

var (
	arithmeticOperators = []string{"+", "-", "*", "/", "%", "**", "^"}
	numberFunctions     = []string{"abs", "ceil", "floor", "round"}
)

// arithmetic refuses to reckon with money, which has no meaning for two currencies
// and no rounding that is right for every price, and says what does it instead.
func (a *analyser) arithmetic(node ast.Node) {
	var operands []ast.Node
	switch n := node.(type) {
	case *ast.BinaryNode:
		if slices.Contains(arithmeticOperators, n.Operator) {
			operands = []ast.Node{n.Left, n.Right}
		}
	case *ast.UnaryNode:
		if slices.Contains(arithmeticOperators, n.Operator) {
			operands = []ast.Node{n.Node}
		}
	case *ast.BuiltinNode:
		if slices.Contains(numberFunctions, n.Name) {
			operands = n.Arguments
		}
	}
	for _, operand := range operands {
		if kindOf(operand) == "money" {
			a.refused = "save(price, sale_price), percentOff or unitPrice in place of arithmetic with money"
		}
	}
}
