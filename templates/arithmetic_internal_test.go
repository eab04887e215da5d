package templates

import (
	"strings"
	"testing"

	"github.com/expr-lang/expr/ast"
)

func TestArithmeticWithMoney(t *testing.T) {
	t.Parallel()
	price, number := &ast.IdentifierNode{Value: "price"}, &ast.IntegerNode{Value: 2}
	price.SetType(moneyType)
	f := func(n ast.Node, refused bool) {
		t.Helper()
		var a analyser
		if a.arithmetic(n); strings.Contains(a.refused, "save(price, sale_price)") != refused {
			t.Errorf("%s: refused with %q; want refused %v", n, a.refused, refused)
		}
	}
	f(&ast.BinaryNode{Operator: "-", Left: price, Right: price}, true)
	f(&ast.BinaryNode{Operator: "*", Left: number, Right: price}, true)
	f(&ast.UnaryNode{Operator: "-", Node: price}, true)
	f(&ast.BuiltinNode{Name: "round", Arguments: []ast.Node{price}}, true)
	f(&ast.BinaryNode{Operator: "<", Left: price, Right: price}, false)
	f(&ast.BinaryNode{Operator: "-", Left: number, Right: number}, false)
	f(&ast.UnaryNode{Operator: "-", Node: number}, false)
	f(price, false)
}
