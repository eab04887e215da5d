package templates

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"
	"golang.org/x/text/language"
)

// What an expression may cost. There are no loops in the language that is left
// after analyse, so its time is bounded by its nodes and the length of the texts.
const (
	maxExpression = 2000 // bytes
	maxNodes      = 200
	maxText       = 64 << 10 // bytes of an expanded text
)

// compiler turns the expressions of one template into programs.
type compiler struct {
	r       *report
	fields  map[string]FieldType
	options []expr.Option
}

func newCompiler(fields []Field, locale language.Tag, r *report) *compiler {
	c := &compiler{r: r, fields: map[string]FieldType{}}
	types := map[string]any{}
	for _, f := range fields {
		c.fields[f.Name] = f.Type
		switch f.Type {
		case MoneyField:
			types[f.Name] = (*Money)(nil)
		case NumberField:
			types[f.Name] = float64(0)
		default:
			types[f.Name] = ""
		}
	}
	c.options = []expr.Option{expr.Env(types), expr.MaxNodes(maxNodes), expr.DisableAllBuiltins()}
	for _, name := range builtins {
		c.options = append(c.options, expr.EnableBuiltin(name))
	}
	c.options = append(c.options, functionOptions(locale)...)
	return c
}

// program is a compiled expression.
type program struct {
	path, source string
	code         *vm.Program
	reads        []string // the fields it names, sorted
}

// ExpressionError is an expression that failed on a product's values.
type ExpressionError struct {
	Path, Source string
	Err          error
}

func (e *ExpressionError) Error() string {
	return fmt.Sprintf("%s: cannot evaluate %q: %v", e.Path, shorten(e.Source), e.Err)
}

func (e *ExpressionError) Unwrap() error { return e.Err }

func (p *program) run(v *Values) (any, error) {
	if err := v.ask(p.reads); err != nil {
		return nil, err
	}
	out, err := vm.Run(p.code, v.env)
	if err != nil {
		return nil, &ExpressionError{p.path, p.source, firstLine(err)}
	}
	return out, nil
}

func (c *compiler) compile(path, source string, extra ...expr.Option) *program {
	if len(source) > maxExpression {
		c.r.add(path, fmt.Sprintf("an expression of at most %d bytes", maxExpression), fmt.Sprintf("%d bytes", len(source)))
		return nil
	}
	names := &renamer{}
	rules := &analyser{fields: c.fields}
	options := append(slices.Clone(c.options), extra...)
	code, err := expr.Compile(source, append(options, expr.Patch(names), expr.Patch(rules))...)
	if rules.refused != "" {
		c.r.add(path, rules.refused, fmt.Sprintf("%q", shorten(source)))
		return nil
	}
	if err != nil {
		message := strings.ReplaceAll(firstLine(err).Error(), functionPrefix, "")
		c.r.add(path, "an expression over the declared fields", fmt.Sprintf("%q: %s", shorten(source), message))
		return nil
	}
	slices.Sort(rules.reads)
	return &program{path: path, source: source, code: code, reads: slices.Compact(rules.reads)}
}

// Condition is a compiled show condition.
type Condition struct{ program *program }

func (c *compiler) condition(path, source string) *Condition {
	p := c.compile(path, source, expr.AsBool())
	if p == nil {
		return nil
	}
	return &Condition{p}
}

// Eval tells whether the condition holds for a product.
func (c *Condition) Eval(v *Values) (bool, error) {
	out, err := c.program.run(v)
	if err != nil {
		return false, err
	}
	return out.(bool), nil // AsBool made sure
}

// Source is the condition as it was written.
func (c *Condition) Source() string { return c.program.source }

// firstLine drops the source excerpt that expr draws under its messages.
func firstLine(err error) error {
	message, _, _ := strings.Cut(err.Error(), "\n")
	return fmt.Errorf("%s", strings.TrimSpace(message))
}

// renamer gives called names their own name space, so that a field named title
// and the function title do not meet.
type renamer struct{}

func (renamer) Visit(node *ast.Node) {
	if call, ok := (*node).(*ast.CallNode); ok {
		if id, ok := call.Callee.(*ast.IdentifierNode); ok && slices.Contains(functionNames, id.Value) {
			id.Value = functionPrefix + id.Value
		}
	}
}

// analyser collects the fields that are read, refuses what could be costly and
// gives comparisons our meaning: with a missing value they do not hold, and money
// compares by amount within one currency.
type analyser struct {
	fields  map[string]FieldType
	reads   []string
	refused string
}

var moneyType = reflect.TypeFor[*Money]()

func (a *analyser) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IdentifierNode:
		if _, ok := a.fields[n.Value]; ok {
			a.reads = append(a.reads, n.Value)
		} else if n.Value == "$env" {
			a.refused = "fields by their names, not $env"
		}
	case *ast.BinaryNode:
		a.binary(node, n)
	case *ast.BuiltinNode:
		if !slices.Contains(builtins, n.Name) {
			a.refused = "an expression without " + n.Name
		}
	case *ast.NilNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.StringNode, *ast.ConstantNode,
		*ast.UnaryNode, *ast.CallNode, *ast.ConditionalNode, *ast.ArrayNode, *ast.VariableDeclaratorNode:
	default:
		a.refused = "an expression of fields, values, operators and functions only"
	}
}

func (a *analyser) binary(node *ast.Node, n *ast.BinaryNode) {
	switch n.Operator {
	case "..":
		a.refused = "an expression without ranges"
	case "matches":
		if _, constant := n.Right.(*ast.StringNode); !constant {
			a.refused = "a pattern in quotes after matches"
		}
	case "==", "!=", "<", "<=", ">", ">=":
		a.comparison(node, n)
	}
}

func (a *analyser) comparison(node *ast.Node, n *ast.BinaryNode) {
	left, right := a.kind(n.Left), a.kind(n.Right)
	_, leftNil := n.Left.(*ast.NilNode)
	_, rightNil := n.Right.(*ast.NilNode)
	if left == MoneyField && right == TextField || left == TextField && right == MoneyField {
		a.refused = "money compared with money or a number, not with a text"
		return
	}
	plain := left != MoneyField && left != NumberField && right != MoneyField && right != NumberField
	if plain && !(leftNil || rightNil) {
		return
	}
	call := &ast.CallNode{
		Callee:    &ast.IdentifierNode{Value: functionPrefix + "compare"},
		Arguments: []ast.Node{&ast.StringNode{Value: n.Operator}, n.Left, n.Right},
	}
	call.SetType(reflect.TypeFor[bool]())
	ast.Patch(node, call)
}

// kind is what a side of a comparison holds, as far as the checker knows.
func (a *analyser) kind(n ast.Node) FieldType {
	t := n.Type()
	switch {
	case t == nil:
		return ""
	case t == moneyType:
		return MoneyField
	case t.Kind() == reflect.Float64 || t.Kind() == reflect.Int:
		return NumberField
	case t.Kind() == reflect.String:
		return TextField
	}
	return ""
}
