package fontfile

import (
	"errors"

	ps "github.com/go-text/typesetting/font/cff/interpreter"
)

// Operators of dictionaries. Those of two bytes have 256 added.
const (
	opCharStrings = 17
	opPrivate     = 18
	opSubrs       = 19
	opRegion      = 22
	opVariations  = 24
	opFDArray     = 256 + 36
	opFDSelect    = 256 + 37
)

// operands is what a dictionary says, by operator.
type operands map[int][]float64

// readOperands reads a dictionary as far as it is right.
func readOperands(d data) operands {
	var machine ps.Machine
	o := operands{}
	_ = machine.Run(d, nil, nil, o)
	return o
}

func (o operands) Context() ps.Context { return ps.TopDict }

func (o operands) Apply(state *ps.Machine, op ps.Operator) error {
	key := int(op.Operator)
	if op.IsEscaped {
		key += 256
	}
	switch key {
	case opCharStrings, opPrivate, opSubrs, opRegion, opVariations, opFDArray, opFDSelect:
		o[key] = append([]float64(nil), state.ArgStack.Vals[:state.ArgStack.Top]...)
	}
	state.ArgStack.Clear()
	return nil
}

// last is the last operand of an operator; zero without it.
func (o operands) last(op int) int {
	if v := o[op]; len(v) > 0 {
		return int(v[len(v)-1])
	}
	return 0
}

// runner runs a charstring as drawing it does, and counts the steps. Subroutines may
// call others ten deep, and each as often as it likes.
type runner struct {
	left int

	hints   ps.CharstringReader // which knows how long their masks are
	regions []int
	region  int
}

var errSteps = errors.New("too many steps")

func (r *runner) Context() ps.Context { return ps.Type2Charstring }

func (r *runner) Apply(state *ps.Machine, op ps.Operator) error {
	if r.left -= 1 + int(state.ArgStack.Top); r.left < 0 {
		return errSteps
	}
	if op.IsEscaped {
		state.ArgStack.Clear()
		return nil
	}
	switch op.Operator {
	case 1, 18:
		r.hints.Hstem(state)
	case 3, 23:
		r.hints.Vstem(state)
	case 10:
		return ps.LocalSubr(state)
	case 11:
		return state.Return()
	case 14:
		return ps.ErrInterrupt
	case 15:
		if state.ArgStack.Top > 0 {
			r.region = int(state.ArgStack.Pop())
		}
	case 16:
		return r.blend(state)
	case 19, 20:
		r.hints.Hintmask(state)
		return nil
	case 29:
		return ps.GlobalSubr(state)
	}
	state.ArgStack.Clear()
	return nil
}

var errBlend = errors.New("too few operands to blend")

// blend leaves on the stack what a variable font's operands come to: as many as there
// are before their deltas.
func (r *runner) blend(state *ps.Machine) error {
	if state.ArgStack.Top < 1 {
		return errBlend
	}
	n, regions := int(state.ArgStack.Pop()), 0
	if r.region >= 0 && r.region < len(r.regions) {
		regions = r.regions[r.region]
	}
	if n < 0 || n*(1+regions) > int(state.ArgStack.Top) {
		return errBlend
	}
	state.ArgStack.Top -= int32(n * regions)
	return nil
}
