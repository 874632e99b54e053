// Checks an exported record with the packages of Go's checksum database, which nobody here wrote:
// the signed note, every entry's inclusion through the tiles, and that the tree continues each
// shorter one. It knows nothing of Quorate.
//
//	sumdb FOLDER VKEY
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // of a tile: 256 hashes

// folder serves tiles from the files of an export. The checksum database writes a tile's height
// into its path; C2SP tlog-tiles, where it is always 8, does not.
type folder string

func (f folder) Height() int { return height }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(f.at(tile))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) at(tile tlog.Tile) string {
	path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	path = strings.Replace(path, "tile/data/", "tile/entries/", 1)
	return filepath.Join(string(f), path)
}

func main() {
	if err := check(folder(os.Args[1]), os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(export folder, vkey string) error {
	tree, err := signed(export, vkey)
	if err != nil {
		return err
	}
	hashes := tlog.TileHashReader(tree, export)
	for start := int64(0); start < tree.N; start += 1 << height {
		if err := bundle(export, hashes, tree, start); err != nil {
			return fmt.Errorf("bundle from entry %d: %w", start, err)
		}
	}
	for old := int64(1); old < tree.N; old = old*3/2 + 1 {
		if err := continues(hashes, tree, old); err != nil {
			return fmt.Errorf("from %d entries on: %w", old, err)
		}
	}
	fmt.Printf("%d entries of a record that continues each shorter one\n", tree.N)
	return nil
}

// signed opens the checkpoint: three lines, the record's name, its size and its root.
func signed(export folder, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	data, err := os.ReadFile(filepath.Join(string(export), "checkpoint"))
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// bundle proves each entry of the bundle that begins with entry start.
func bundle(export folder, hashes tlog.HashReader, tree tlog.Tree, start int64) error {
	width := min(tree.N-start, 1<<height)
	tile := tlog.Tile{H: height, L: -1, N: start >> height, W: int(width)}
	data, err := os.ReadFile(export.at(tile))
	if err != nil {
		return err
	}
	for number := start; number < start+width; number++ {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return fmt.Errorf("it ends within entry %d", number)
		}
		length := int(binary.BigEndian.Uint16(data))
		leaf := tlog.RecordHash(data[2 : 2+length])
		data = data[2+length:]
		proof, err := tlog.ProveRecord(tree.N, number, hashes)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, number, leaf); err != nil {
			return fmt.Errorf("entry %d: %w", number, err)
		}
	}
	if len(data) > 0 {
		return fmt.Errorf("%d bytes are left over", len(data))
	}
	return nil
}

// continues proves that the tree of the first old entries is the beginning of the whole one.
func continues(hashes tlog.HashReader, tree tlog.Tree, old int64) error {
	root, err := tlog.TreeHash(old, hashes)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, old, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, old, root)
}
