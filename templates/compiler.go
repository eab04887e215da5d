package templates

import (
	"fmt"
	"reflect"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"
	"golang.org/x/text/language"
)

// What an expression may cost. The language that the analyser leaves has no loops
// and no variables, so that its time and memory are bounded by its nodes and the
// length of the fields.
const (
	maxExpression = 2000 // bytes
	maxNodes      = 200
	maxPattern    = 200      // instructions of a compiled regular expression
	maxSource     = 16 << 10 // bytes of a text with its {{…}}
	maxParts      = 100      // literals and expressions of a text
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
	rules := &analyser{fields: c.fields}
	names := &renamer{rules}
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
type renamer struct{ rules *analyser }

func (r *renamer) Visit(node *ast.Node) {
	call, ok := (*node).(*ast.CallNode)
	if !ok {
		return
	}
	id, ok := call.Callee.(*ast.IdentifierNode)
	switch {
	case !ok:
	case strings.HasPrefix(id.Value, functionPrefix):
		r.rules.refused = "one of the functions " + strings.Join(functionNames, ", ")
	case slices.Contains(functionNames, id.Value):
		id.Value = functionPrefix + id.Value
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
	a.arithmetic(*node)
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
		*ast.UnaryNode, *ast.CallNode, *ast.ConditionalNode, *ast.ArrayNode:
	default:
		a.refused = "an expression of fields, values, operators and functions only"
	}
}

func (a *analyser) binary(node *ast.Node, n *ast.BinaryNode) {
	switch n.Operator {
	case "..":
		a.refused = "an expression without ranges"
	case "??":
		a.refused = "default(a, b) in place of ??"
	case "matches":
		a.pattern(n.Right)
	case "==", "!=", "<", "<=", ">", ">=":
		a.comparison(node, n)
	}
}

// pattern bounds a regular expression: matching takes time in proportion to its
// instructions and the length of the text (RE2).
func (a *analyser) pattern(n ast.Node) {
	text, constant := n.(*ast.StringNode)
	if !constant {
		a.refused = "a pattern in quotes after matches"
		return
	}
	parsed, err := syntax.Parse(text.Value, syntax.Perl)
	if err != nil {
		return // the compiler tells what is wrong with it
	}
	if code, err := syntax.Compile(parsed.Simplify()); err != nil || len(code.Inst) > maxPattern {
		a.refused = fmt.Sprintf("a pattern of at most %d instructions", maxPattern)
	}
}

func (a *analyser) comparison(node *ast.Node, n *ast.BinaryNode) {
	left, right := kindOf(n.Left), kindOf(n.Right)
	if left != right && left != "" && right != "" && !(left == "money" && right == "number") && !(left == "number" && right == "money") {
		a.refused = fmt.Sprintf("values of one kind on both sides, not %s and %s", left, right)
		return
	}
	call := &ast.CallNode{
		Callee:    &ast.IdentifierNode{Value: functionPrefix + "compare"},
		Arguments: []ast.Node{&ast.StringNode{Value: n.Operator}, n.Left, n.Right},
	}
	call.SetType(reflect.TypeFor[bool]())
	ast.Patch(node, call)
}

// kindOf is what a side of a comparison holds, as far as the checker knows; empty
// for nil, which may stand beside anything.
func kindOf(n ast.Node) string {
	if _, missing := n.(*ast.NilNode); missing || n.Type() == nil {
		return ""
	}
	switch t := n.Type(); {
	case t == moneyType:
		return "money"
	case t.Kind() == reflect.Float64 || t.Kind() == reflect.Int:
		return "number"
	case t.Kind() == reflect.String:
		return "text"
	case t.Kind() == reflect.Bool:
		return "true or false"
	}
	return ""
}
