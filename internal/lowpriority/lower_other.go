//go:build !linux

package lowpriority

func lower() {} // priorities belong to processes here
